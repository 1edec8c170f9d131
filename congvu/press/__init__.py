"""One model of an administrative document, rendered to DOCX and PDF/A; workbooks. Pure: no Django, no database."""
