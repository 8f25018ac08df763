import type { Actor, ActorType } from "@daybook/event";

const kinds: Record<ActorType, string> = {
  user: "User",
  api_key: "API key",
  service_user: "Service user",
  agent: "Agent",
  system: "System",
  anonymous: "Anonymous",
};

export const actorKind = (type: ActorType): string => kinds[type];

export const actorName = (actor: Actor): string => actor.name ?? actor.email ?? actor.id ?? kinds[actor.type];

/** Round is a person, a hexagon a key, a square a service, dashed nobody we know; a corner marks an agent. */
function ActorShape({ type, letter }: { type: ActorType; letter: string }) {
  return (
    <svg viewBox="0 0 18 18" width="18" height="18" role="img" aria-label={kinds[type]} className="actor-shape shrink-0 text-ink-2">
      <Outline type={type} />
      <text x="9" y="12.4" textAnchor="middle" fontSize="9.5" fontWeight="600" fill="currentColor" stroke="none" aria-hidden="true">
        {type === "anonymous" ? "?" : letter}
      </text>
    </svg>
  );
}

function Outline({ type }: { type: ActorType }) {
  const line = { fill: "var(--hover)", stroke: "var(--control)", strokeWidth: 1 };
  switch (type) {
    case "user":
      return <circle cx="9" cy="9" r="8" {...line} />;
    case "anonymous":
      return <circle cx="9" cy="9" r="8" {...line} fill="none" strokeDasharray="2.4 2" />;
    case "api_key":
      return <path d="M5 1.5h8l4 7.5-4 7.5H5L1 9z" {...line} />;
    case "agent":
      return <path d="M1.5 4.5a3 3 0 0 1 3-3h6l6 6v6a3 3 0 0 1-3 3h-9a3 3 0 0 1-3-3z" {...line} />;
    case "service_user":
    case "system":
      return <rect x="1.5" y="1.5" width="15" height="15" rx="2.5" {...line} />;
  }
}

export function ActorChip({ actor }: { actor: Actor }) {
  const name = actorName(actor);
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={[name, actor.email, kinds[actor.type]].filter(Boolean).join(" · ")}>
      <ActorShape type={actor.type} letter={[...name.trim()][0]?.toUpperCase() ?? ""} />
      <span className="truncate">{name}</span>
    </span>
  );
}
