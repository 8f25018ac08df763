import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferInput, type Trpc } from "../../trpc.ts";

type Sharing = NonNullable<inferInput<Trpc["views"]["create"]>["sharing"]>;

interface SharingFieldProps {
  value: Sharing;
  onChange: (sharing: Sharing) => void;
}

/** Who opens the view besides oneself: what the reader may not choose is not offered. Everybody opens it with their own eyes. */
export function SharingField({ value, onChange }: SharingFieldProps) {
  const trpc = useTRPC();
  const { name, grants, teams: own } = useOrganization();
  const group = useId();
  const mayAll = grants.includes("views:share");
  // Whoever may share with everybody may choose any team, also one that they are not in.
  const all = useQuery(trpc.teams.list.queryOptions({}, { enabled: mayAll })).data?.teams;
  const shared = useQuery(trpc.views.list.queryOptions()).data?.may.shareWithTeams ?? [];
  const teams = mayAll ? (all ?? []) : own.filter(({ id }) => shared.includes(id));
  if (!mayAll && teams.length === 0 && value.with === "nobody") return <p className="text-meta text-ink-3">Only you will see this view.</p>;
  const [first] = teams;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">Who opens it</legend>
      <Choice group={group} label="Only you" isChosen={value.with === "nobody"} onChoose={() => onChange({ with: "nobody" })} />
      {first && <Choice group={group} label="A team" isChosen={value.with === "team"} onChoose={() => onChange({ with: "team", teamId: first.id })} />}
      {value.with === "team" && (
        <div className="ml-6">
          <select aria-label="Team" className="control" value={value.teamId} onChange={(event) => onChange({ with: "team", teamId: event.target.value })}>
            {teams.map(({ id, name: team }) => (
              <option key={id} value={id}>
                {team}
              </option>
            ))}
          </select>
        </div>
      )}
      {mayAll && (
        <Choice group={group} label={`Everybody in ${name}`} isChosen={value.with === "organization"} onChoose={() => onChange({ with: "organization" })} />
      )}
      <p className="mt-1 text-meta text-ink-3">Whoever opens it sees the events that they may see, and no others.</p>
    </fieldset>
  );
}

interface ChoiceProps {
  group: string;
  label: string;
  isChosen: boolean;
  onChoose: () => void;
}

const Choice = ({ group, label, isChosen, onChoose }: ChoiceProps) => (
  <label className="flex min-h-7 items-center gap-2">
    <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
    {label}
  </label>
);
