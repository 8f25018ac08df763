import { onlyValue, parseSearch, valuesOf, withoutKey, withoutValue, withValue, type Clause, type FacetKey, type KeyName } from "@daybook/query";
import { useState, type ReactNode } from "react";
import { ErrorPanel } from "../../../ui/state-panel.tsx";
import { FacetGroup } from "./facet-group.tsx";
import { FacetRow, type RowState } from "./facet-row.tsx";
import { foldedKeys, openKeys, valuesOfGroup, type Choice } from "./facets.ts";
import { withClauses, type LogsSearch, type Scope } from "../logs-search.ts";
import { useFacets, useFoundValues, type FacetsQuery } from "./use-facets.ts";
import type { Go } from "../use-logs-navigation.ts";

interface FilterRailProps {
  scope: Scope;
  /** Counts of the groups that stand open from the beginning. */
  facets: FacetsQuery;
  search: LogsSearch;
  onChange: Go;
}

/** Every group edits the one search text; the bar, the address and the rows follow from it. */
export function FilterRail({ scope, facets, search, onChange }: FilterRailProps) {
  const { clauses } = parseSearch(search.q ?? "");
  const edit = (next: Clause[]) => onChange(withClauses(search, next));
  const folded = foldedKeys.filter((key) => key !== "team" || scope.teamId === undefined);
  return (
    <div className={`flex flex-col py-1 ${facets.isPlaceholderData ? "stale" : ""}`}>
      {facets.isError && !facets.data && <ErrorPanel dense error={facets.error} what="Counts" onRetry={() => void facets.refetch()} />}
      {openKeys.map((key) => (
        <RailGroup
          key={key}
          name={key}
          scope={scope}
          facets={facets}
          clauses={clauses}
          onEdit={edit}
          openAtFirst
          first={key === "actor" && <ActorChoices clauses={clauses} onEdit={edit} />}
        />
      ))}
      {folded.map((key) => (
        <FoldedGroup key={key} name={key} scope={scope} clauses={clauses} onEdit={edit} />
      ))}
    </div>
  );
}

interface RailGroupProps {
  name: FacetKey;
  scope: Scope;
  facets: FacetsQuery;
  clauses: readonly Clause[];
  onEdit: (clauses: Clause[]) => void;
  openAtFirst?: boolean;
  onOpen?: (open: boolean) => void;
  first?: ReactNode;
}

function RailGroup({ name, scope, facets, clauses, onEdit, openAtFirst = false, onOpen, first }: RailGroupProps) {
  const choice = choiceOf(clauses, name);
  const [open, setOpen] = useState(openAtFirst || choice.chosen.length + choice.excluded.length > 0);
  const [text, setText] = useState("");
  const group = facets.data?.groups.find(({ key }) => key === name);
  const found = useFoundValues(scope, { key: name, text, enabled: group?.more === true });
  const listed = new Set(group?.values.map(({ value }) => value));
  const whole = group && {
    ...group,
    values: [...group.values, ...found.flatMap((each) => (listed.has(each.value) ? [] : [{ ...each, count: each.count ?? 0 }]))],
  };
  return (
    <FacetGroup
      name={name}
      values={valuesOfGroup(name, whole, choice)}
      choice={choice}
      exact={group?.exact ?? true}
      more={group?.more ?? false}
      open={open}
      onOpen={(next) => {
        setOpen(next);
        onOpen?.(next);
      }}
      onSearch={setText}
      loading={facets.isPending}
      error={!openAtFirst && facets.isError && !facets.data ? { cause: facets.error, onRetry: () => void facets.refetch() } : null}
      first={first}
      onToggle={(value) => onEdit(toggled(clauses, name, value))}
      onOnly={(value) => onEdit(isOnly(choice, value) ? withoutKey(clauses, name) : onlyValue(clauses, name, value))}
      onExclude={(value) => onEdit(excluded(clauses, name, value))}
      onClear={() => onEdit(withoutKey(clauses, name))}
    />
  );
}

/** Not asked for before it is unfolded. */
function FoldedGroup(props: Omit<RailGroupProps, "facets">) {
  const { chosen, excluded: left } = choiceOf(props.clauses, props.name);
  const [wanted, setWanted] = useState(chosen.length + left.length > 0);
  const facets = useFacets(props.scope, [props.name], wanted);
  return <RailGroup {...props} facets={facets} onOpen={(open) => open && setWanted(true)} />;
}

const choiceOf = (clauses: readonly Clause[], key: KeyName): Choice => ({ chosen: texts(clauses, key, false), excluded: texts(clauses, key, true) });
/** A pattern is no value of the list; it stands in the bar. */
const texts = (clauses: readonly Clause[], key: KeyName, negated: boolean): string[] =>
  valuesOf(clauses, key, negated).flatMap(({ text, glob }) => (glob ? [] : [text]));
const isOnly = ({ chosen, excluded: left }: Choice, value: string): boolean => left.length === 0 && chosen.length === 1 && chosen[0] === value;

function stateOf(clauses: readonly Clause[], key: KeyName, value: string): RowState {
  const { chosen, excluded: left } = choiceOf(clauses, key);
  return chosen.includes(value) ? "chosen" : left.includes(value) ? "excluded" : "neither";
}

/** What was left out is chosen by the next click on its box, and free again by the one after. */
function toggled(clauses: readonly Clause[], key: KeyName, value: string): Clause[] {
  if (stateOf(clauses, key, value) === "chosen") return withoutValue(clauses, key, value);
  return withValue(clauses, key, value);
}

function excluded(clauses: readonly Clause[], key: KeyName, value: string): Clause[] {
  if (stateOf(clauses, key, value) === "excluded") return withoutValue(clauses, key, value, { negated: true });
  return withValue(clauses, key, value, { negated: true });
}

const actorChoices: readonly { key: KeyName; value: string; label: string }[] = [
  { key: "actor", value: "me", label: "Me" },
  { key: "actor_type", value: "api_key", label: "API keys only" },
  { key: "actor_type", value: "service_user", label: "Service accounts" },
];

function ActorChoices({ clauses, onEdit }: { clauses: readonly Clause[]; onEdit: (clauses: Clause[]) => void }) {
  return actorChoices.map(({ key, value, label }) => (
    <FacetRow
      key={label}
      name={key}
      value={{ value, label, count: null }}
      state={stateOf(clauses, key, value)}
      exact
      onToggle={() => onEdit(toggled(clauses, key, value))}
      onOnly={() => onEdit(isOnly(choiceOf(clauses, key), value) ? withoutKey(clauses, key) : onlyValue(clauses, key, value))}
      onExclude={() => onEdit(excluded(clauses, key, value))}
    />
  ));
}
