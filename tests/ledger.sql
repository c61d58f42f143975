-- Every figure of the ledger, in plain SQL over exported events (tests/ledger_in_sql.py has the tables): what INDICATORS.md says, once more,
-- by nobody who knows the product. DuckDB.

-- A household changes on the days of its events alone: each day that is asked for is told by the last of them.
CREATE TABLE moment AS
SELECT day.day, belongs.grp, max(happened.day) AS moment
FROM day JOIN happened ON happened.day <= day.day JOIN belongs USING (grp)
GROUP BY ALL;

CREATE TABLE home AS
SELECT DISTINCT moment.moment, belongs.grp, belongs.household, belongs.root
FROM moment JOIN belongs ON belongs.grp = moment.grp AND moment.moment BETWEEN belongs.since AND belongs.until;

-- What was last said of each field, and what help that was done since has made of it. person '': the house itself.
CREATE TABLE found AS
SELECT home.moment, home.root AS household, coalesce(same.who, said.person) AS person, field, arg_max(value, place) AS value, max(place) AS place
FROM said JOIN home ON home.household = said.household AND said.day <= home.moment
LEFT JOIN same ON same.grp = home.grp AND same.person = said.person AND home.moment BETWEEN same.since AND same.until
GROUP BY ALL;

CREATE TABLE done AS
SELECT home.moment, home.root AS household, coalesce(same.who, helped.person) AS person, field, helped.value, helped.place
FROM helped JOIN home ON home.household = helped.household AND helped.day <= home.moment
LEFT JOIN same ON same.grp = home.grp AND same.person = helped.person AND home.moment BETWEEN same.since AND same.until
WHERE helped.result = 'done' AND helped.field IS NOT NULL;

CREATE MACRO level_of(vneid) AS list_position(['none', 'installed', 'level1', 'level2'], vneid);
CREATE MACRO owned(accounts) AS replace(replace(replace(coalesce(accounts, ','), ',none,', ','), ',unknown,', ','), ',refused,', ',');

CREATE TABLE answer AS
WITH every AS (SELECT moment, household, person, field FROM found UNION SELECT moment, household, person, field FROM done)
SELECT every.moment, every.household, every.person, every.field, any_value(found.value) AS as_found,
  CASE
    WHEN count(done.place) = 0 THEN any_value(found.value)
    WHEN every.field = 'epay' THEN owned(any_value(found.value)) || string_agg(done.value || ',', '')
    WHEN every.field = 'vneid'
      THEN ['none', 'installed', 'level1', 'level2'][greatest(coalesce(level_of(any_value(found.value)), 0), max(level_of(done.value)))]
    ELSE arg_max(done.value, done.place)
  END AS as_left
FROM every
LEFT JOIN found USING (moment, household, person, field)
LEFT JOIN done
  ON done.moment = every.moment AND done.household = every.household AND done.person = every.person AND done.field = every.field
  AND done.place > coalesce(found.place, -1)
GROUP BY every.moment, every.household, every.person, every.field;

-- How each household stands.
CREATE TABLE standing AS
WITH
  visits AS (
    SELECT home.moment, home.root AS household, visit.* EXCLUDE (household)
    FROM visit JOIN home ON home.household = visit.household AND visit.day <= home.moment
  ),
  seen AS (
    SELECT moment, household, arg_max(outcome, place) AS outcome,
      arg_max(CASE outcome WHEN 'vacant' THEN 'vacant' WHEN 'moved' THEN 'moved' ELSE 'active' END, place) FILTER (outcome <> 'absent') AS status,
      arg_max(year(day), place) FILTER (outcome IN ('done', 'partly')) AS year
    FROM visits GROUP BY ALL
  ),
  lists AS (
    SELECT home.moment, home.root AS household, arg_max(poverty, place) AS poverty
    FROM listed JOIN home ON home.household = listed.household AND listed.day <= home.moment GROUP BY ALL
  ),
  villages AS (
    SELECT home.moment, home.household, arg_max(village, place) AS village
    FROM put JOIN home ON home.household = put.household AND home.root = home.household AND put.day <= home.moment GROUP BY ALL
  )
SELECT moment, household, village, coalesce(outcome, 'none') AS outcome, coalesce(status, 'active') AS status, year,
  CASE WHEN poverty IN ('poor', 'near_poor', 'none') THEN poverty END AS poverty
FROM villages LEFT JOIN seen USING (moment, household) LEFT JOIN lists USING (moment, household);

-- The people and the houses that count, once as found and once as left.
CREATE TABLE state AS
SELECT 'left' AS state, * EXCLUDE (as_found, as_left), as_left AS value FROM answer
UNION ALL SELECT 'found', * EXCLUDE (as_found, as_left), as_found FROM answer;

CREATE MACRO women_work_until(year) AS CASE WHEN year < 2021 THEN 55 ELSE least(60, (55 * 12 + 4 + 4 * (year - 2021)) // 12) END;
CREATE MACRO men_work_until(year) AS CASE WHEN year < 2021 THEN 60 ELSE least(62, (60 * 12 + 3 + 3 * (year - 2021)) // 12) END;

CREATE TABLE resident AS
WITH
  wide AS (
    SELECT state, moment, household, person,
      max(value) FILTER (field = 'birth_year') AS birth_year, max(value) FILTER (field = 'sex') AS sex,
      max(value) FILTER (field = 'residence') AS residence, max(value) FILTER (field = 'phone') AS phone,
      max(value) FILTER (field = 'network_4g') AS network_4g, max(value) FILTER (field = 'vneid') AS vneid,
      max(value) FILTER (field = 'epay') AS epay, max(value) FILTER (field = 'health_record') AS health_record,
      max(value) FILTER (field = 'esign') AS esign, max(value) FILTER (field = 'digital_skills') AS digital_skills,
      max(value) FILTER (field = 'online_service') AS online_service, max(value) FILTER (field = 'benefit') AS benefit
    FROM state WHERE person <> '' GROUP BY ALL
  ),
  aged AS (
    SELECT wide.*, standing.poverty, year, year - try_cast(birth_year AS INTEGER) AS age,
      CASE sex WHEN 'male' THEN men_work_until(year) WHEN 'female' THEN women_work_until(year) END AS works_until
    FROM wide JOIN standing USING (moment, household)
    WHERE status = 'active' AND year IS NOT NULL AND coalesce(residence, 'permanent') NOT IN ('away', 'left', 'deceased')
  )
SELECT *,
  CASE
    WHEN age IS NULL THEN NULL WHEN age < 15 THEN false WHEN works_until IS NOT NULL THEN age <= works_until
    WHEN age <= women_work_until(year) THEN true WHEN age > men_work_until(year) THEN false
  END AS of_working_age,
  CASE WHEN age >= 6 THEN phone END AS own_phone
FROM aged;

-- What the indicators say: NULL where somebody is surely not meant, unknown where they may be and it is not known.
CREATE MACRO verdict(eligible, yes, no) AS
  CASE WHEN eligible IS NULL THEN 'unknown' WHEN NOT eligible THEN NULL WHEN coalesce(yes, false) THEN 'yes' WHEN coalesce(no, false) THEN 'no' ELSE 'unknown' END;
CREATE MACRO pays(accounts) AS contains(accounts, ',bank,') OR contains(accounts, ',wallet,') OR contains(accounts, ',mobile_money,');

CREATE TABLE of_person AS
UNPIVOT (
  SELECT state, moment, household, person, sex, age, poverty,
    verdict(age >= 15, own_phone = 'smartphone', own_phone IN ('basic', 'none')) AS smartphone,
    verdict(CASE WHEN own_phone = 'none' THEN false ELSE age >= 6 END,
      own_phone IN ('smartphone', 'basic') AND network_4g = 'yes', own_phone IN ('smartphone', 'basic') AND network_4g = 'no') AS network_4g,
    verdict(age >= 14, vneid IN ('level1', 'level2'), vneid IN ('none', 'installed')) AS vneid,
    verdict(age >= 14, vneid = 'level2', vneid IN ('none', 'installed', 'level1')) AS vneid_level2,
    verdict(age >= 15, pays(epay), contains(epay, ',none,')) AS epay,
    verdict(of_working_age, pays(epay), contains(epay, ',none,')) AS epay_working_age,
    verdict(true, health_record IN ('seen', 'yes'), health_record = 'no') AS health_record,
    verdict(age >= 15, esign = 'yes', esign = 'no') AS esign,
    verdict(of_working_age, digital_skills IN ('certified', 'trained'), digital_skills = 'no') AS digital_skills,
    verdict(age >= 18, online_service IN ('self', 'helped'), online_service = 'no') AS online_service,
    verdict(CASE WHEN age >= 18 AND benefit = 'not_receiving' THEN false ELSE age >= 18 END, benefit = 'account', benefit = 'cash') AS benefit_cashless
  FROM resident
) ON COLUMNS(* EXCLUDE (state, moment, household, person, sex, age, poverty)) INTO NAME code VALUE verdict;

CREATE TABLE of_house AS
WITH
  wide AS (
    SELECT state, moment, household,
      max(value) FILTER (field = 'internet') AS internet, max(value) FILTER (field = 'electricity_cashless') AS electricity_cashless,
      max(value) FILTER (field = 'address_code') AS address_code, max(value) FILTER (field = 'zalo_group') AS zalo_group,
      max(value) FILTER (field = 'camera') AS camera, max(value) FILTER (field = 'business') AS business,
      max(value) FILTER (field = 'business_digital') AS business_digital
    FROM state WHERE person = '' GROUP BY ALL
  ),
  phones AS (
    SELECT state, moment, household, bool_or(own_phone = 'smartphone') AS has_one, bool_or(coalesce(own_phone NOT IN ('smartphone', 'basic', 'none'), true)) AS is_open
    FROM resident WHERE age IS NULL OR age >= 15 GROUP BY ALL
  )
SELECT * FROM (UNPIVOT (
  SELECT each.state, moment, household, poverty,
    verdict(true, internet = 'fixed', internet IN ('mobile_only', 'none')) AS internet_fixed,
    verdict(true, electricity_cashless = 'yes', electricity_cashless = 'no') AS electricity_cashless,
    verdict(true, address_code = 'yes', address_code = 'no') AS address_code,
    verdict(true, zalo_group = 'yes', zalo_group = 'no') AS zalo_group,
    verdict(true, camera = 'yes', camera = 'no') AS camera,
    verdict(business IS DISTINCT FROM 'no', business = 'yes' AND contains(business_digital, ',qr_payment,'),
      business = 'yes' AND regexp_matches(business_digital, ',(e_invoice|e_commerce|e_tax|none),')) AS business_cashless,
    verdict(coalesce(poverty IN ('poor', 'near_poor'), false), NOT coalesce(has_one, false) AND NOT coalesce(is_open, false), has_one) AS poor_without_smartphone
  FROM standing
  JOIN (VALUES ('left'), ('found')) AS each(state) ON true
  LEFT JOIN wide USING (state, moment, household) LEFT JOIN phones USING (state, moment, household)
  WHERE status = 'active' AND year IS NOT NULL
) ON COLUMNS(* EXCLUDE (state, moment, household, poverty)) INTO NAME code VALUE verdict);

-- What each household adds.
CREATE MACRO band(age) AS CASE
  WHEN age BETWEEN 0 AND 5 THEN '0-5' WHEN age BETWEEN 6 AND 14 THEN '6-14' WHEN age BETWEEN 15 AND 17 THEN '15-17'
  WHEN age BETWEEN 18 AND 34 THEN '18-34' WHEN age BETWEEN 35 AND 59 THEN '35-59' WHEN age >= 60 THEN '60+' END;

CREATE TABLE adds AS
SELECT moment, household, code || ':1' AS key, 'all' AS cut, verdict, count(*) AS number FROM of_person WHERE state = 'left' GROUP BY ALL
UNION ALL SELECT moment, household, code || ':1', 'sex:' || sex, verdict, count(*) FROM of_person WHERE state = 'left' AND sex IN ('male', 'female') GROUP BY ALL
UNION ALL SELECT moment, household, code || ':1', 'age:' || band(age), verdict, count(*) FROM of_person WHERE state = 'left' AND age >= 0 GROUP BY ALL
UNION ALL SELECT moment, household, code || ':1', 'poverty:' || poverty, verdict, count(*) FROM of_person WHERE state = 'left' AND poverty IS NOT NULL GROUP BY ALL
UNION ALL SELECT moment, household, code || ':1', 'all', verdict, 1 FROM of_house WHERE state = 'left'
UNION ALL SELECT moment, household, code || ':1', 'poverty:' || poverty, verdict, 1 FROM of_house WHERE state = 'left' AND poverty IS NOT NULL
UNION ALL SELECT moment, household, 'effect:' || code || ':1', 'all', verdict, sum(CASE state WHEN 'left' THEN 1 ELSE -1 END)
  FROM (SELECT state, moment, household, code, verdict FROM of_person UNION ALL SELECT state, moment, household, code, verdict FROM of_house) GROUP BY ALL
UNION ALL SELECT moment, household, 'people', 'all', 'yes', count(*) FROM resident WHERE state = 'left' GROUP BY ALL
UNION ALL SELECT moment, household, 'coverage', 'all', CASE WHEN year IS NULL THEN 'no' ELSE 'yes' END, 1 FROM standing WHERE status = 'active'
UNION ALL SELECT moment, household, 'outcome:' || outcome, 'all', 'yes', 1 FROM standing
UNION ALL SELECT home.moment, home.root, 'help:' || service || ':' || result, 'all', 'yes', count(*)
  FROM helped JOIN home ON home.household = helped.household AND helped.day <= home.moment GROUP BY ALL;

CREATE TABLE figure AS
SELECT moment.day, whole.whole AS village, key, cut,
  sum(number) FILTER (verdict = 'yes') AS yes, sum(number) FILTER (verdict = 'no') AS no, sum(number) FILTER (verdict = 'unknown') AS unknown
FROM moment
JOIN belongs ON belongs.grp = moment.grp AND belongs.root = belongs.household AND moment.moment BETWEEN belongs.since AND belongs.until
JOIN adds ON adds.moment = moment.moment AND adds.household = belongs.household
JOIN standing ON standing.moment = moment.moment AND standing.household = belongs.household
JOIN whole ON whole.day = moment.day AND whole.village = standing.village
GROUP BY ALL
