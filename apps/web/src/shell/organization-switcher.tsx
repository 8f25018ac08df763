import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { BookText, ChevronsUpDown, FlaskConical, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { doorOf } from "../trpc.ts";
import { readApiError } from "../ui/api-error.ts";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../ui/menu.tsx";
import { toast } from "../ui/toast.tsx";
import { useOpen } from "./organization.tsx";
import { forgetSession } from "./session.ts";

const NewOrganizationDialog = lazy(async () => ({ default: (await import("../features/organization/new-organization-dialog.tsx")).NewOrganizationDialog }));

const DemoLabel = () => <span className="chip rounded-chip bg-chip-pending px-1.5 text-caption font-medium text-pending">Demo</span>;

export function OrganizationSwitcher() {
  const { organization, session } = useOpen();
  const navigate = useNavigate();
  const [founding, setFounding] = useState(false);
  const open = (slug: string) => void navigate({ to: "/o/$org/logs/$logType", params: { org: slug, logType: "activity" } });
  const load = useMutation({
    mutationFn: () => {
      toast("Loading demo data…");
      return doorOf(organization.id).client.demo.load.mutate();
    },
    onSuccess: (loaded) => {
      forgetSession();
      open(loaded.organization.slug);
    },
    onError: (error) => toast(readApiError(error).message),
  });
  const owned = session.organizations.find(({ demo, grants }) => !demo && grants.includes("organizations:create"));
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={`Organization ${organization.name}${organization.demo ? ", demo" : ""}. Switch organization`}
            className="flex h-8 min-w-0 items-center gap-2 rounded-control px-2 font-semibold hover:bg-hover"
          >
            <BookText size={16} aria-hidden className="shrink-0 text-accent" />
            <span className="truncate">{organization.name}</span>
            {organization.demo && <DemoLabel />}
            <ChevronsUpDown size={14} aria-hidden className="shrink-0 text-ink-3" />
          </button>
        }
      >
        <MenuChoice
          label="Organizations"
          value={organization.slug}
          options={session.organizations.map(({ slug, name, demo }) => ({
            value: slug,
            label: (
              <span className="flex items-center gap-2">
                {name}
                {demo && <DemoLabel />}
              </span>
            ),
          }))}
          onChoose={open}
        />
        {(owned || !session.organizations.some(({ demo }) => demo)) && <MenuLine />}
        {owned && (
          <MenuItem onSelect={() => setFounding(true)}>
            <Plus size={14} aria-hidden />
            New organization
          </MenuItem>
        )}
        {!session.organizations.some(({ demo }) => demo) && (
          <>
            <MenuItem onSelect={() => load.mutate()}>
              <FlaskConical size={14} aria-hidden />
              Load demo data
            </MenuItem>
          </>
        )}
      </Menu>
      {founding && owned && (
        <Suspense>
          <NewOrganizationDialog
            owned={owned}
            onFounded={(slug) => {
              forgetSession();
              setFounding(false);
              open(slug);
            }}
            onClose={() => setFounding(false)}
          />
        </Suspense>
      )}
    </>
  );
}
