"""Audit of a claims table: codes, texts and dates held against each other, row by row."""

from leukcodes.audit.collector import Auditor, audit_columns
from leukcodes.audit.page import need_report, report_html
from leukcodes.audit.records import AuditReport
from leukcodes.audit.rows import check_row

__all__ = ["AuditReport", "Auditor", "audit_columns", "check_row", "need_report", "report_html"]
