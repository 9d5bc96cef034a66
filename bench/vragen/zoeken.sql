with p as materialized (select * from pand p where (%(gebied)s = '*' or p.gebied = %(gebied)s) and p.zoek like %(like0)s
      and p.zoek like %(like1)s order by p.sorteer, p.id limit 26)
    select json_build_object('edges', (select coalesce(json_agg(json_build_object('node', json_build_object('referte', p.referte,
      'titel', p.titel, 'straat', p.straat, 'huisnummer', p.huisnummer, 'postcode', p.postcode, 'gemeente', p.gemeente,
      'actief', p.actief))), '[]') from (select * from p order by sorteer, id limit 25) p),
      'pageInfo', json_build_object('hasNextPage', (select count(*) from p) > 25))::text
