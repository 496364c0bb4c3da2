INSERT INTO rooms VALUES ('[1,1]', '[2020-01-01,2030-01-01)', 'a'); INSERT INTO bookings VALUES ('[1,1]', '[1,1]', '[2021-01-01,2021-02-01)', '[1,1]');
