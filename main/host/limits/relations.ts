/** Relations of one kind that a message may have: from everybody, and from one person. */
export const mostRelations = { ofMessage: 1_000, ofPerson: 20 } as const
