import { Footprints, X } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import './FollowBar.css'

/** Which message the camera goes along with, where that is, and the way to stop. */
export function FollowBar() {
  const following = useStore(app().watching, state => state.following)
  if (!following) return null
  return (
    <div className="cv-follow" role="group" aria-label={`Following ${following.identity}`}>
      <Footprints size={15} aria-hidden="true" />
      <span className="cv-follow__says">{following.says}</span>
      <button type="button" className="cv-follow__stop" aria-label="Stop following" title="Stop following (Esc)" onClick={() => app().commands.follow(null)}>
        <X size={15} aria-hidden="true" />
      </button>
    </div>
  )
}
