select json_build_object('pand', json_build_object('referte', p.referte, 'titel', p.titel, 'straat', p.straat,
      'huisnummer', p.huisnummer, 'gemeente', p.gemeente, 'actief', p.actief,
      'entiteiten', (select coalesce(json_agg(x.j), '[]') from (select json_build_object('referte', e.referte, 'titel', e.titel,
        'soort', e.soort) j from entiteit e where e.pand_id = p.id and (%(gebied)s = '*' or e.gebied = %(gebied)s) order by e.sorteer, e.id limit 50) x),
      'dossiers', coalesce(s.j, '[]'),
      'taken', (select coalesce(json_agg(x.j), '[]') from (select json_build_object('referte', t.referte, 'naam', t.naam,
        'deadline', t.deadline, 'geslotenOp', t.gesloten_op, 'rol', t.rol) j from taak t where t.onderwerp_id = p.id
        and (%(gebied)s = '*' or t.gebied = %(gebied)s) order by t.gesloten_op is not null, t.sorteerdatum, t.id limit 50) x),
      'documenten', coalesce(d.j, '[]')))::text as antwoord, p.id as geopend, array[p.id] as pand,
      coalesce(s.keys, array[]::uuid[]) as dossier, coalesce(d.keys, array[]::uuid[]) as document
    from pand p
    cross join lateral (select json_agg(x.j) j, array_agg(x.id) keys from (select s.id, json_build_object('referte', s.referte,
      'soort', s.soort, 'status', s.status, 'gestartOp', s.gestart_op) j from dossier s where s.onderwerp_id = p.id
      and (%(gebied)s = '*' or s.gebied = %(gebied)s) order by s.gestart_op desc, s.referte limit 50) x) s
    cross join lateral (select json_agg(x.j) j, array_agg(x.id) keys from (select d.id, json_build_object('referte', d.referte,
      'soort', d.soort, 'titel', d.titel, 'status', d.status, 'aangemaaktOp', d.aangemaakt_op) j from document d where d.onderwerp_id = p.id
      and (d.domein = %(domein)s or (d.gedeeld_op is not null and (%(gebied)s = '*' or d.gebied = %(gebied)s)))
      order by d.aangemaakt_op desc, d.id limit 50) x) d
    where p.referte = %(referte)s and (%(gebied)s = '*' or p.gebied = %(gebied)s)
