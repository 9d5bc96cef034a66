with p as materialized (select * from vivoo_registratie p where (%(gebied)s = '*' or p.gebied = %(gebied)s) and p.datum_schrapping is null
      order by p.sorteer, p.id limit 51)
    select json_build_object('edges', (select coalesce(json_agg(json_build_object('node', json_build_object('referte', p.referte,
      'entiteitReferte', p.entiteit_referte, 'adres', p.adres, 'gemeente', p.gemeente, 'provincie', p.provincie, 'lijst', p.lijst,
      'datumOpname', p.datum_opname, 'datumSchrapping', p.datum_schrapping, 'capakeys', p.capakeys))), '[]')
      from (select * from p order by sorteer, id limit 50) p),
      'pageInfo', json_build_object('hasNextPage', (select count(*) from p) > 50))::text
