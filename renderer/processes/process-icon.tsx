import {
  AppWindow,
  AudioLines,
  Cog,
  Cpu,
  Database,
  Globe,
  Layers,
  LayoutGrid,
  Monitor,
  Network,
  Terminal,
  Waypoints,
} from 'lucide-react'
import type { ProcessKind } from '../../contracts/processes.ts'

export function ProcessIcon({ kind }: { kind: ProcessKind | 'group' | 'outside' }) {
  switch (kind) {
    case 'controller':
      return <Waypoints className="i" />
    case 'chrome':
      return <AppWindow className="i" />
    case 'tab':
      return <Globe className="i" />
    case 'ai':
      return <Cpu className="i" />
    case 'storage':
      return <Database className="i" />
    case 'network':
      return <Network className="i" />
    case 'audio':
      return <AudioLines className="i" />
    case 'compositor':
      return <LayoutGrid className="i" />
    case 'gpu':
      return <Monitor className="i" />
    case 'engine':
      return <Cog className="i" />
    case 'outside':
      return <Terminal className="i" />
    case 'group':
      return <Layers className="i" />
  }
}
