"""The shell that people see: sign-in, boards, lists, records, documents."""
