// Writes the configuration of the virtual desktop's programs, so that each starts the same everywhere. Starts nothing.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Where the virtual desktop keeps what. All absolute. */
export interface DesktopPaths {
  home: string
  config: string
  services: string
  logs: string
  /** Private to the user, on a short path: sockets have to fit into 107 characters. */
  runtime: string
}

/** A file to be written. */
export interface ConfigFile {
  path: string
  text: string
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>'

/** The bus knows only the services the desktop needs: whatever else the machine has installed must not wake up. */
function busConfig(paths: DesktopPaths): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path=${join(paths.runtime, 'bus')}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${paths.services}</servicedir>
  <policy context="default">
    <allow user="root"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}

const SERVICES = [
  '/usr/share/dbus-1/services/org.xfce.Xfconf.service',
  '/usr/share/dbus-1/accessibility-services/org.a11y.atspi.Registry.service'
]
const NOTIFICATION_SERVICE = '/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service'

/** The notification daemon's program, which no PATH leads to. */
export function notificationDaemon(): string {
  const exec = /^Exec=(\S+)/m.exec(readFileSync(NOTIFICATION_SERVICE, 'utf8'))?.[1]
  if (exec === undefined) throw new Error(`No Exec line in ${NOTIFICATION_SERVICE}`)
  return exec
}

// Windows on the left, tray icons on the right, as people are used to.
const PANEL = `${XML}
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="icon-size" type="uint" value="24"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
      <property name="hide-new-items" type="bool" value="false"/>
    </property>
  </property>
</channel>
`

// No fading and sliding: a button that is drawn stands where it will be clicked.
const NOTIFICATIONS = `${XML}
<channel name="xfce4-notifyd" version="1.0">
  <property name="theme" type="string" value="Default"/>
  <property name="notify-location" type="string" value="top-right"/>
  <property name="initial-opacity" type="double" value="1.0"/>
  <property name="do-fadeout" type="bool" value="false"/>
  <property name="do-slideout" type="bool" value="false"/>
  <property name="notification-log" type="bool" value="false"/>
</channel>
`

const GTK = `[Settings]
gtk-theme-name=Adwaita
gtk-icon-theme-name=Adwaita
gtk-font-name=DejaVu Sans 10
gtk-enable-animations=0
`

/** Every configuration file of the virtual desktop. */
export function desktopConfig(paths: DesktopPaths): ConfigFile[] {
  const channels = join(paths.config, 'xfce4/xfconf/xfce-perchannel-xml')
  return [
    { path: join(paths.config, 'bus.conf'), text: busConfig(paths) },
    ...SERVICES.map((path) => ({ path: join(paths.services, basename(path)), text: readFileSync(path, 'utf8') })),
    { path: join(channels, 'xfce4-panel.xml'), text: PANEL },
    { path: join(channels, 'xfce4-notifyd.xml'), text: NOTIFICATIONS },
    { path: join(paths.config, 'gtk-3.0/settings.ini'), text: GTK }
  ]
}

/** Writes the files, making their folders. */
export function writeConfig(files: readonly ConfigFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
