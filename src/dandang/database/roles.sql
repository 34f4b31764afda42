-- The two roles of the embedded server. Run by the superuser at every start.
-- dandang_owner makes databases and changes tables; dandang_app works with rows and nothing else.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dandang_owner') THEN
    CREATE ROLE dandang_owner;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dandang_app') THEN
    CREATE ROLE dandang_app;
  END IF;
END
$$;
ALTER ROLE dandang_owner LOGIN CREATEDB NOCREATEROLE NOSUPERUSER NOREPLICATION NOBYPASSRLS;
ALTER ROLE dandang_app LOGIN NOCREATEDB NOCREATEROLE NOSUPERUSER NOREPLICATION NOBYPASSRLS;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO dandang_owner;
-- The owner ends the sessions of a database that it drops.
GRANT pg_signal_backend TO dandang_owner;
