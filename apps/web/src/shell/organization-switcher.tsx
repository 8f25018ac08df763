import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FlaskConical, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { doorOf } from "../trpc.ts";
import { readApiError } from "../ui/api-error.ts";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../ui/menu.tsx";
import { toast } from "../ui/toast.tsx";
import { DemoLabel, OrganizationButton } from "./organization-button.tsx";
import { useOpen } from "./organization.tsx";
import { forgetSession } from "./session.ts";

const NewOrganizationDialog = lazy(async () => ({ default: (await import("../features/organization/new-organization-dialog.tsx")).NewOrganizationDialog }));

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
      <Menu align="start" openAtFirst trigger={<OrganizationButton />}>
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
