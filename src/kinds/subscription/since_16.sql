, 'password_required', CASE WHEN NOT s.subpasswordrequired THEN false END, 'run_as_owner', CASE WHEN s.subrunasowner THEN true END,
         'origin', NULLIF(s.suborigin, 'any')
