// Filters the people while one types; without it, the search button does the same on the server.
const zoek = document.getElementById("zoek");
const aantal = document.getElementById("aantal");
const secties = [...document.querySelectorAll("section")];

zoek.addEventListener("input", () => {
  const woorden = zoek.value.toLowerCase().split(/\s+/).filter(Boolean);
  let gevonden = 0;
  for (const sectie of secties) {
    const groep = sectie.querySelector("h2").textContent.toLowerCase();
    const zichtbaar = [...sectie.querySelectorAll("li")].filter((regel) => {
      const tekst = `${groep} ${regel.textContent.toLowerCase()}`;
      regel.hidden = !woorden.every((woord) => tekst.includes(woord));
      return !regel.hidden;
    });
    sectie.hidden = zichtbaar.length === 0;
    gevonden += zichtbaar.length;
  }
  aantal.textContent = gevonden ? `${gevonden} ${gevonden === 1 ? "persoon" : "personen"}` : "Niemand gevonden. Maak de zoekvraag korter.";
});
