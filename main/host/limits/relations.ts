/** The most relations of one kind that a message may have: in total, and from one person. */
export const mostRelations = { ofMessage: 1_000, ofPerson: 20 } as const
