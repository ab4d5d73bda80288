import { TriangleAlert } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Problem } from '../topology/problem.ts'

/** Sentences, each the way to the part that it speaks of. */
export function Problems({ title, problems }: { readonly title: string; readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="in-title">{title}</h3>
      <ul className="in-problems">
        {problems.map((problem, index) => (
          <li key={`${problem.code} ${index}`}>
            {problem.part === undefined ? (
              problem.says
            ) : (
              <button type="button" onClick={() => app().commands.showProblem(problem)}>
                {problem.says}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is refused at this part now. */
export function TroubleOf({ part }: { readonly part: string }) {
  const trouble = useStore(app().run, state => state.troubles.find(one => one.part === part))
  if (!trouble) return null
  return (
    <p className="in-trouble">
      <TriangleAlert aria-hidden="true" />
      <span>{trouble.says}</span>
    </p>
  )
}
