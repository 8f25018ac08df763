import { useOrganization } from "../../shell/organization.tsx";
import { settingsPlaces } from "../../shell/area-places.ts";
import { linkTo, openPlaces } from "../../shell/places.ts";
import { Area } from "../../ui/area.tsx";

export function SettingsArea() {
  const { slug, grants } = useOrganization();
  return <Area label="Settings" tabs={openPlaces(settingsPlaces, grants).map((place) => ({ label: place.label, link: linkTo(place, slug) }))} />;
}
