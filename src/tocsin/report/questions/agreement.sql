-- agreement: how the agreement of each controller stood when its records were, or may have been, read.
-- grain   one row per controller
-- reads   exposure
select controller, count(*) filter (agreement = 'ended') as ended, count(*) filter (agreement = 'none') as without,
       count(*) as records
from exposure
group by controller
order by 1
