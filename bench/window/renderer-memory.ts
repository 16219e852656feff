/** The memory of the process that draws a window. Linux alone tells it. */
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  pid: number
  parent: number
  isRenderer: boolean
  /** Resident memory in bytes. */
  memory: number
}

const read = (pid: number): Process | null => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const number = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
    const isRenderer = readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer')
    return { pid, parent: number('PPid'), isRenderer, memory: number('VmRSS') * 1024 }
  } catch {
    return null // It has ended meanwhile.
  }
}

/** @param pid of the app. @returns the process of its window: the largest renderer below it. @throws Error where there is none. */
export const findRenderer = (pid: number): number => {
  const processes = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => read(Number(name)) ?? [])
  const parents = new Map(processes.map(process => [process.pid, process.parent]))
  const isBelow = (child: number | undefined): boolean =>
    child !== undefined && (child === pid || isBelow(parents.get(child)))
  const [largest] = processes
    .filter(process => process.isRenderer && isBelow(process.pid))
    .sort((a, b) => b.memory - a.memory)
  if (!largest) throw new Error('The window has no renderer that /proc tells of.')
  return largest.pid
}

/** @returns resident memory in bytes; NaN where the process is gone. */
export const memoryOf = (pid: number): number => read(pid)?.memory ?? Number.NaN
