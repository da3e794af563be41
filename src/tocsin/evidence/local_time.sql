-- A wall clock of the zone {zone}, in UTC. Most zones live one hour twice in autumn and skip one in spring: such a wall
-- clock has two readings; the earlier is kept, with the seconds between both as doubt.
create or replace temp macro local_is_near_change(wall) as list_contains(getvariable('days_near_change'), wall::date);
create or replace temp macro local_reading(wall)  as timezone('UTC', timezone({zone}, wall));
create or replace temp macro local_wall(instant)  as timezone({zone}, timezone('UTC', instant));
create or replace temp macro local_skipped_s(wall, instant) as epoch(local_wall(instant) - wall)::integer;
create or replace temp macro local_repeated_s(wall, instant) as
    case when local_wall(instant - interval 1 hour) = wall or local_wall(instant + interval 1 hour) = wall        then 3600
         when local_wall(instant - interval 30 minute) = wall or local_wall(instant + interval 30 minute) = wall  then 1800
         else 0 end;
create or replace temp macro local_doubt_s(wall, instant) as
    case when instant is null or not local_is_near_change(wall) then 0
         when local_skipped_s(wall, instant) <> 0 then abs(local_skipped_s(wall, instant))
         else local_repeated_s(wall, instant) end;
create or replace temp macro local_earliest(wall, instant, doubt_s) as
    case when coalesce(doubt_s, 0) = 0                then instant
         when local_skipped_s(wall, instant) > 0      then instant - to_seconds(doubt_s)
         when local_skipped_s(wall, instant) < 0      then instant
         when local_wall(instant - to_seconds(doubt_s)) = wall then instant - to_seconds(doubt_s)
         else instant end;
