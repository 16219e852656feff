/** `Menu` and `MenuItem`: kept and clickable, drawn nowhere. */
import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import type { BrowserWindow } from './browser-window.ts'
import { focus } from './window-registry.ts'

type Options = Electron.MenuItemConstructorOptions
type Role = (window: BrowserWindow) => void

const zoomBy =
  (levels: number): Role =>
  ({ webContents }) =>
    webContents.setZoomLevel(levels === 0 ? 0 : webContents.getZoomLevel() + levels)

/** What Electron does by itself. Roles are compared without regard to case. */
const roles: Record<string, Role> = {
  close: window => window.close(),
  minimize: window => window.minimize(),
  reload: window => window.reload(),
  forcereload: window => window.reload(),
  togglefullscreen: window => window.setFullScreen(!window.isFullScreen()),
  zoomin: zoomBy(0.5),
  zoomout: zoomBy(-0.5),
  resetzoom: zoomBy(0),
  undo: ({ webContents }) => webContents.edit('undo'),
  redo: ({ webContents }) => webContents.edit('redo'),
  cut: ({ webContents }) => webContents.edit('cut'),
  copy: ({ webContents }) => webContents.edit('copy'),
  paste: ({ webContents }) => webContents.edit('paste'),
  delete: ({ webContents }) => webContents.edit('delete'),
  selectall: ({ webContents }) => webContents.edit('selectAll'),
}

export class MenuItem {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly role: string | undefined
  readonly accelerator: string | undefined
  readonly submenu: Menu | undefined
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly #click: Options['click']

  constructor(options: Options) {
    this.id = options.id ?? ''
    this.role = options.role?.toLowerCase()
    this.label = options.label ?? options.role ?? ''
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.accelerator = options.accelerator ?? undefined
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.#click = options.click
  }

  /** As when the person chooses the item. */
  click(): void {
    if (!this.enabled) return
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.role === 'quit') app.quit()
    else if (this.role !== undefined) this.#play(this.role)
    else Reflect.apply(this.#click ?? (() => undefined), undefined, [this, focus.window, {}])
  }

  #play(name: string): void {
    const role = roles[name]
    if (!role) throw new Error(`The stand-in does not provide the menu role ${name}.`)
    if (focus.window) role(focus.window)
  }
}

export class Menu extends EventEmitter {
  static #application: Menu | null = null
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: Options[]): Menu {
    const menu = new Menu()
    for (const options of template) menu.append(new MenuItem(options))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }

  append(item: MenuItem): void {
    this.items.push(item)
  }

  /** @returns the item of that id, in this menu or one below. */
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}
