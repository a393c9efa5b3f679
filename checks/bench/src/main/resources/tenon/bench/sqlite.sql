drop table if exists t; create table t(id integer primary key, name text, score real); insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select i, 'user ' || (i * 7919 % 10007), (i * 31 % 1009) / 10.0 from n;
select count(*), sum(a.score), max(b.name) from t a join t b on b.id = (a.id * 17 % 20000) + 1 where a.score > 20.0;
select substr(name, 1, 7) as p, count(*) as c, avg(score) from t where name like '%9%' group by p order by c desc, p limit 10;
