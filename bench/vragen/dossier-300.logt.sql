select json_build_object('dossier', json_build_object('referte', s.referte, 'status', s.status, 'gestartOp', s.gestart_op,
      'onderwerp', (select json_build_object('referte', o.referte, 'titel', o.titel) from onderwerp o
        where o.id = s.onderwerp_id and (%(gebied)s = '*' or o.gebied = %(gebied)s)),
      'deelprocedures', coalesce(q.j, '[]'),
      'taken', (select coalesce(json_agg(x.j), '[]') from (select json_build_object('referte', t.referte, 'naam', t.naam,
        'deadline', t.deadline) j from taak t where t.dossier_id = s.id and (%(gebied)s = '*' or t.gebied = %(gebied)s)
        order by t.gesloten_op is not null, t.sorteerdatum, t.id limit 50) x),
      'documenten', coalesce(d.j, '[]')))::text as antwoord, s.id as geopend,
      array(select distinct unnest(q.keys)) as pand, array[s.id] as dossier, coalesce(d.keys, array[]::uuid[]) as document
    from dossier s
    cross join lateral (select json_agg(x.j) j, array_agg(x.pand_id) keys from (select e.pand_id, json_build_object(
      'referte', q.referte, 'status', q.status, 'entiteit', json_build_object('referte', e.referte, 'titel', e.titel)) j
      from deelprocedure q join entiteit e on e.id = q.entiteit_id
      where q.dossier_id = s.id and (%(gebied)s = '*' or q.gebied = %(gebied)s) order by q.referte limit 500) x) q
    cross join lateral (select json_agg(x.j) j, array_agg(x.id) keys from (select d.id, json_build_object('referte', d.referte,
      'soort', d.soort, 'titel', d.titel, 'status', d.status) j from document d where d.dossier_id = s.id and (d.domein = %(domein)s
      or (d.gedeeld_op is not null and (%(gebied)s = '*' or d.gebied = %(gebied)s))) order by d.aangemaakt_op, d.referte limit 50) x) d
    where s.referte = 'OO20-0000000' and (%(gebied)s = '*' or s.gebied = %(gebied)s)
