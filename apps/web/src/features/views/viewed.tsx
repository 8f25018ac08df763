import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, type NavigateOptions } from "@tanstack/react-router";
import { useEffect, useEffectEvent, type ReactNode } from "react";
import type { LogType } from "@daybook/event";
import { useOpen } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import type { LogPlace } from "../logs/log-place.ts";
import type { LogsSearch } from "../logs/logs-search.ts";
import { rememberedSide, rememberSide } from "../logs/other-side.ts";
import { brokenParts, nothingText } from "./broken-parts.ts";
import { expectsDefault, rememberDefault } from "./default-hint.ts";
import { ViewContext, type OpenView, type ShownView } from "./view-context.ts";
import { differenceWords, narrowed, overlaid, plainView, readState } from "./view-state.ts";

/**
 * A log as the view shows it that its URL names. Everything below sees one search, the view's state and the URL's together, and changes it as if there
 * were no view: the place that it is given keeps the view in the URL, with no more than what differs from it.
 */
export function Viewed({ place, children }: { place: LogPlace; children: (place: LogPlace) => ReactNode }) {
  const { search, logType, team } = place;
  const trpc = useTRPC();
  const { organization, session } = useOpen();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const asked = search.view === plainView ? undefined : search.view;
  const view = useQuery(trpc.views.get.queryOptions({ viewId: asked ?? "" }, { enabled: asked !== undefined, retry: false }));
  const mayHaveDefault = team === undefined && search.as === undefined;
  // Asked once, and again when this reader changes it: the log must not jump to a view because somebody else chose one meanwhile.
  const opening = useQuery(
    trpc.views.opening.queryOptions({ logType }, { enabled: mayHaveDefault, staleTime: Infinity, refetchOnReconnect: false, retry: false }),
  );
  const isBare = mayHaveDefault && Object.keys(search).length === 0;
  const preset = opening.data?.view ?? null;

  useEffect(() => {
    if (opening.data) rememberDefault(organization.id, logType, opening.data.view !== null);
  }, [opening.data, organization.id, logType]);

  const sideOf = (type: LogType) => ({ userId: session.user.id, organizationId: organization.id, teamId: team?.id, logType: type });
  const noteSide = useEffectEvent(() => search.as === undefined && rememberSide(sideOf(logType), search));
  useEffect(() => {
    noteSide();
  }, [search]);

  const move = (type: LogType, next: LogsSearch, replace = false) => void navigate({ ...(place.link(type, next) as NavigateOptions), state: true, replace });
  const keepsPlain = search.view === plainView || preset !== null || expectsDefault(organization.id, logType);
  // A view of the other log opens there, and a log that is opened without any wish opens with its default view.
  const elsewhere = view.data && asked !== undefined && view.data.logType !== logType ? view.data : isBare ? preset : null;
  // It is on screen at once, and what was there before is not taken away meanwhile.
  const know = (known: ShownView) => queryClient.setQueryData(trpc.views.get.queryKey({ viewId: known.id }), known);
  const goElsewhere = useEffectEvent(() => {
    if (!elsewhere) return;
    know(elsewhere);
    move(elsewhere.logType, { ...(isBare ? {} : search), view: elsewhere.id }, true);
  });
  const elsewhereId = elsewhere?.id;
  useEffect(() => {
    if (elsewhereId !== undefined) goElsewhere();
  }, [elsewhereId]);

  if (elsewhere || (asked !== undefined && view.isPending) || (isBare && opening.isPending && expectsDefault(organization.id, logType)))
    return (
      <div data-state="loading">
        <Skeleton />
      </div>
    );
  if (asked !== undefined && view.isError && !saysGone(view.error))
    return <ErrorPanel error={view.error} what="The saved view" onRetry={() => void view.refetch()} />;

  const gone = asked !== undefined && view.isError ? readApiError(view.error).message : null;
  const shown = asked !== undefined && !view.isError ? (view.data ?? null) : null;
  const state = shown ? readState(shown.state) : {};
  const effective = overlaid(state, search);
  const differing = shown ? differenceWords(state, effective) : [];
  const broken = shown ? brokenParts(effective.q) : [];
  const held: OpenView = {
    logType,
    view: shown && { ...shown, state },
    gone,
    search: effective,
    differing,
    broken,
    narrowing: broken.length > 0 ? { q: nothingText } : {},
    hasNews: gone !== null || differing.length > 0 || broken.length > 0,
    open: (next) => {
      if (!next) return move(logType, keepsPlain ? { view: plainView } : {});
      know(next);
      move(next.logType, { view: next.id });
    },
    stay: () => {
      if (isBare) move(logType, { view: plainView }, true);
    },
    leave: () => move(logType, within(null, keepsPlain, effective), true),
  };
  const link: LogPlace["link"] = (type, next) =>
    place.link(type, type === logType ? within(shown && { id: shown.id, state }, keepsPlain, next) : { ...rememberedSide(sideOf(type)), ...next });
  return <ViewContext value={held}>{children({ ...place, search: effective, link })}</ViewContext>;
}

/** The plain log is said to be plain only where it would be taken for the default view. */
function within(view: { id: string; state: ReturnType<typeof readState> } | null, keepsPlain: boolean, next: LogsSearch): LogsSearch {
  // Choosing the usual columns takes the parameter out of the URL; where a view has columns of its own, that is a choice to be told.
  if (view) return narrowed(view, view.state.cols !== undefined && next.cols === undefined ? { ...next, cols: "default" } : next);
  return keepsPlain && Object.keys(next).length === 0 ? { view: plainView } : next;
}

const saysGone = (error: unknown): boolean => ["not_found", "invalid"].includes(readApiError(error).code);
