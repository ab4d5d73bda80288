import type { Claim } from '../contract/manifest.ts'

export function Docs({ docs, summary, claims }: { readonly docs: readonly string[]; readonly summary: string; readonly claims: readonly Claim[] }) {
  const modelled = claims.filter(claim => claim.proof !== 'not-modelled')
  const missing = claims.filter(claim => claim.proof === 'not-modelled')
  return (
    <div className="in-docs">
      <p>{summary}</p>
      <ul>
        {docs.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {modelled.length > 0 ? (
        <details>
          <summary>What is checked ({modelled.length})</summary>
          <ul>
            {modelled.map(claim => (
              <li key={claim.id}>
                {claim.says} <code>{claim.id}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {missing.length > 0 ? (
        <details>
          <summary>What is not modelled ({missing.length})</summary>
          <ul>
            {missing.map(claim => (
              <li key={claim.id}>{claim.says}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}
