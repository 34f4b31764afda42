"""What officers see and do: sign-in, worklist, case, one form for every verb."""
