# The steps that tools/check and tools/test share; to be sourced from the project's root.
PATH="$PWD/.venv/bin:$PATH"
# Nothing here may reach a database or a state directory that somebody uses.
unset DATABASE_URL DANDANG_OWNER_URL DANDANG_ROLE DANDANG_DATABASE
export DANDANG_STATE="$PWD/var" DANDANG_SECRET_KEY=only-for-checks

# title TEXT: head one step of the output
title() {
  printf '\n== %s\n' "$1"
}

check_code() {
  local templates
  title "Format and lint"
  ruff format --check --quiet
  ruff check --quiet
  codespell
  deptry src
  mapfile -t templates < <(find src -path '*/templates/*.html')
  if ((${#templates[@]})); then
    djade --check --target-version 5.2 "${templates[@]}"
    djlint --lint --quiet "${templates[@]}"
  fi
  title "Import contracts"
  lint-imports --no-logo
  title "Types"
  mypy
}

pure_tests() {
  title "Tests that need no database"
  python -m pytest -m "not database" --ignore=tests/browser --numprocesses=auto --dist=worksteal "$@"
}
