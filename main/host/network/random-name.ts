import { customAlphabet } from 'nanoid'

/** @returns six letters and digits, without those that look alike. */
export const randomName = customAlphabet('23456789abcdefghjkmnpqrstvwxyz', 6)
