/** Declares commands: a schema of the input, and a type of the output. */
import type { z } from 'zod'

declare const output: unique symbol

export interface Command<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly input: Input
  readonly [output]?: Output
}

export type CommandInput<C> = C extends Command<infer Input> ? z.input<Input> : never
export type CommandOutput<C> = C extends Command<z.ZodType, infer Output> ? Output : never

/** Functions that carry out the commands of a table, each with the parsed input. */
export type Handlers<Table extends Record<string, Command>> = {
  [Name in keyof Table]: (input: z.output<Table[Name]['input']>) => Promise<CommandOutput<Table[Name]>>
}

/** Declares a command: `command(schema).answers<Output>()`. */
export const command = <Input extends z.ZodType>(input: Input) => ({
  answers: <Output>(): Command<Input, Output> => ({ input }),
})
