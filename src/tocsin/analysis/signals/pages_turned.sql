-- pages_turned: lists read to their last page, full pages one after the other, or exports.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature, account_habit
-- false   the end-of-month check of a company contract by its manager, an inventory before a change of software
select s.session_id, cast(s.later_pages + s.full_pages + s.exports as double) as value,
       greatest({least}, {share} * s.questions) as threshold
from session_feature s
where s.later_pages + s.full_pages + s.exports > greatest({least}, {share} * s.questions)
