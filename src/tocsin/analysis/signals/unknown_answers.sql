-- unknown_answers: many questions to which the portal knows no answer.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature, account_habit
-- false   a merger of insurers that changes member numbers overnight, a base that is down, a card reader that misreads: compare
--         the other accounts at that hour. A page opened after a search without answer is no second failure: what is counted
--         is what was typed, or what was opened, whichever is more
select s.session_id, 100.0 * s.unknown / s.questions as value,
       greatest({percent}, {factor} * 100 * least(coalesce(h.unknown_share, 0), {own})) as threshold
from session_feature s
left join account_habit h on h.portal = s.portal and h.account = s.account and h.asking >= {history}
where s.unknown_subjects >= {least}
  and 100.0 * s.unknown / s.questions > greatest({percent}, {factor} * 100 * least(coalesce(h.unknown_share, 0), {own}))
