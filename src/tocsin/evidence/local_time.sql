-- A wall clock of the zone {zone}, in UTC. Most zones live one hour twice in autumn and skip one in spring: such a wall
-- clock has two readings; the earlier is kept, with the seconds between both as doubt.
-- code    (shift from UTC in seconds + 86400) * 100000 + seconds of doubt; looked up among the changes of the years {years}, of
--         which each period has one; NULL outside these years, where the engine's own rule is asked

create or replace temp macro local_code(wall) as {code};
create or replace temp macro local_wall(instant)   as timezone({zone}, timezone('UTC', instant));
create or replace temp macro local_reading(wall)   as timezone('UTC', timezone({zone}, wall));
create or replace temp macro local_is_read(wall, instant) as local_wall(instant) = wall;
create or replace temp macro local_instant(wall, code) as
    case when code is not null then wall - to_seconds(code // 100000 - 86400)
         when wall is null then null
         when local_is_read(wall, local_reading(wall) - interval 1 hour) then local_reading(wall) - interval 1 hour
         when not local_is_read(wall, local_reading(wall))
             then local_reading(wall) - (local_wall(local_reading(wall)) - wall)
         else local_reading(wall) end;
create or replace temp macro local_doubt_s(wall, code) as
    case when code is not null then code % 100000
         when wall is null then 0
         when not local_is_read(wall, local_reading(wall))
              or local_is_read(wall, local_reading(wall) - interval 1 hour)
              or local_is_read(wall, local_reading(wall) + interval 1 hour) then 3600
         else 0 end;
