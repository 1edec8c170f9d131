"""One model of an administrative document, as DOCX and PDF/A, and workbooks. No Django, no database."""
