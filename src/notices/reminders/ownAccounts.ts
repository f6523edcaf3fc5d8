/** The open accounts `a` that the resident `p.id` has linked, with more joined to them, where a condition holds. (SQL) */
export const hasAccountWhere = (joined: string, condition: string): string =>
  `EXISTS (SELECT FROM link l JOIN account a ON a.id = l.account_id AND a.open ${joined}
           WHERE l.resident_id = p.id AND l.removed_at IS NULL AND ${condition})`
