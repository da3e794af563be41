-- Number of a complementary insurer (AMC): text; see amc.py for its two lengths.
create or replace temp macro amc_class(t) as
    case when nullif(trim(t), '') is null                       then 'missing'
         when regexp_full_match(trim(t), '\d{9}')               then 'nine_digits'
         when regexp_full_match(trim(t), '\d{8}')               then 'eight_digits'
         when regexp_full_match(trim(t), '\d{5,7}')             then 'leading_zero_lost'
         else 'other'
    end;
