import { useOrganization } from "../../shell/organization.tsx";
import { organizationPlaces } from "../../shell/area-places.ts";
import { linkTo, openPlaces } from "../../shell/places.ts";
import { Area } from "../../ui/area.tsx";

export function OrganizationArea() {
  const { slug, grants } = useOrganization();
  return <Area label="Organization" tabs={openPlaces(organizationPlaces, grants).map((place) => ({ label: place.label, link: linkTo(place, slug) }))} />;
}
