-- How the logs write what the world knows by number: sessions, addresses, actions, outcomes, typed criteria.

create or replace temp macro token(salt) as
    lpad(to_hex(((salt * 2654435761) % 4294967296)::ubigint), 8, '0')
    || lpad(to_hex(((salt * 40503 + 977) % 4294967296)::ubigint), 8, '0');

create or replace temp macro session_token(portal, salt) as
    lower(case when portal = 0 then token(salt) else 'S' || token(salt + 77) end);

-- establishments live in 100.64.0.0/10, intruders in networks kept for documentation (RFC 5737, RFC 3849)
create or replace temp macro address_text(address) as
    case when address >= 0 then '100.' || (64 + address // 65536 % 64) || '.' || (address // 256 % 256) || '.' || (address % 256)
         when address > -20 then '203.0.113.' || (10 - address)
         when address > -50 then '198.51.100.' || (-address)
         else '2001:db8:5:' || lower(to_hex((-address)::ubigint)) || '::1' end;

create or replace temp macro action_name(portal, action) as
    case when portal = 0 then
        case action when 0 then 'sign_in' when 1 then 'my_account' when 2 then 'beneficiary_lookup'
                    when 3 then 'beneficiary_search' when 4 then 'beneficiary_detail' when 5 then 'family_card'
                    when 6 then 'invoice_detail' end
    else
        case action when 0 then 'connexion' when 1 then 'mon_compte' when 4 then 'fiche' when 6 then 'facture'
                    when 7 then 'recherche_adherent' when 8 then 'recherche_contrat' when 9 then 'export_contrat' end
    end;

create or replace temp macro outcome_name(portal, outcome) as
    case when portal = 0 then
        case outcome when 'unknown' then 'unknown_beneficiary' when 'membership' then 'rights_closed' else outcome end
    else case outcome when 'unknown' then 'inconnu' when 'error' then 'erreur' when 'denied' then 'refus' else 'ok' end end;

-- birth dates as people type them: three forms
create or replace temp macro typed_date(birth8, salt) as
    case salt % 3 when 0 then birth8
                  when 1 then concat(right(birth8, 2), '/', substr(birth8, 5, 2), '/', left(birth8, 4))
                  else concat(left(birth8, 4), '-', substr(birth8, 5, 2), '-', right(birth8, 2)) end;

create or replace temp macro criteria_text(action, nir, birth8, surname, year, salt) as
    case when action = 2 then concat('{"birth_date":"', typed_date(birth8, salt), '","nir":"', nir, '"}')
         when action = 3 then concat('{', case when year is not null then concat('"birth_year":"', year, '",') end,
                                     '"surname":"', surname, '"}') end;
