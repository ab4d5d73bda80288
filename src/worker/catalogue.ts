import { catalogueOf, type Catalogue, type ManifestModule } from '../contract/manifest.ts'
import { manifest as notes } from '../contract/notes.ts'
import type { BehaviourModule, ModelCatalogue, SystemModule } from '../contract/model.ts'

/** Kinds are found by folder: adding a broker or a role is adding one folder. */
const systemManifests = import.meta.glob<ManifestModule>('../systems/*/manifest.ts', { eager: true })
const behaviourManifests = import.meta.glob<ManifestModule>('../behaviours/*/manifest.ts', { eager: true })
const systemModels = import.meta.glob<{ readonly system: SystemModule }>('../systems/*/model.ts', { eager: true })
const behaviourModels = import.meta.glob<{ readonly behaviour: BehaviourModule }>('../behaviours/*/behaviour.ts', { eager: true })

export function catalogue(): Catalogue {
  const modules = [...Object.values(systemManifests), ...Object.values(behaviourManifests)]
  return catalogueOf(
    [...modules.map(module => module.manifest), notes],
    modules.flatMap(module => module.refusals ?? []),
  )
}

export function models(): ModelCatalogue {
  return {
    systems: Object.values(systemModels).map(module => module.system),
    behaviours: Object.values(behaviourModels).map(module => module.behaviour),
  }
}
