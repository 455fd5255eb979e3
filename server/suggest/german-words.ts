/** German words that people who ask for help use for one another; see `synonyms.ts`, where the English ones stand. */
export const GERMAN_IDEAS = `
löschen lösche gelöscht löschung entfernen entfernt kündigen kündige gekündigt kündigung stornieren storniert stornierung storno annullieren abbrechen abgebrochen abbruch widerrufen widerruf deaktivieren deaktiviert auflösen
ändern ändere geändert änderung bearbeiten bearbeitet anpassen angepasst aktualisieren aktualisiert umstellen umgestellt ersetzen ersetzt wechseln gewechselt
hinzufügen hinzugefügt erstellen erstellt anlegen angelegt einrichten eingerichtet eröffnen eröffnet registrieren registriert registrierung
suchen suche gesucht auffinden
anzeigen angezeigt anzeige sichtbar erscheinen erscheint auftauchen taucht aufgetaucht
verstecken ausblenden verbergen
kaufen gekauft kauf einkauf bestellen bestellt bestellung erwerben
zahlen zahlung bezahlen bezahlung gezahlt bezahlt zahlt
gebühr kosten kostet preis entgelt zuschlag aufpreis teuer provision
erstatten erstattet erstattung rückerstattung zurückerstattet rückzahlung
geld bargeld guthaben betrag währung
senden gesendet schicken geschickt versenden überweisen überwiesen überweisung weiterleiten
empfangen empfang erhalten ankommen angekommen ankunft eintreffen eingetroffen liefern geliefert lieferung versand zustellen zugestellt zustellung
warten wartet ausstehend verzögert verzögerung verspätet verspätung langsam dauert dauer lieferzeit
sperren gesperrt sperrung blockieren blockiert eingefroren
stehlen gestohlen klauen geklaut diebstahl entwendet
verlieren verloren verlust verlegt verschwunden
kaputt defekt beschädigt schaden mangel
fehlschlagen fehlgeschlagen scheitern gescheitert ablehnen abgelehnt ablehnung zurückgewiesen verweigert fehler fehlermeldung
falsch inkorrekt irrtum versehentlich
funktionieren funktioniert klappen klappt
problem störung schwierigkeit
foto bild aufnahme
handy telefon smartphone mobiltelefon
computer rechner laptop
passwort kennwort passcode zugangscode geheimzahl
anmelden angemeldet anmeldung einloggen eingeloggt login
konto account benutzerkonto kundenkonto profil
datei dokument unterlagen
webseite website homepage internetseite
backup exportieren archivieren
kopieren kopie duplizieren
schnell sofort schnellstmöglich eilig dringend
aktivieren aktiviert freischalten freigeschaltet einschalten starten beginnen
beenden beendet stoppen aufhören verhindern
reparieren reparatur beheben behoben lösen gelöst
bestätigen bestätigt bestätigung verifizieren verifiziert prüfen geprüft überprüfen überprüft prüfung überprüfung identifizieren identität ausweis ausweisen nachweisen nachweis
limit grenze höchstgrenze obergrenze höchstbetrag maximum maximal beschränkung einschränkung
land länder ausland international
wechselkurs kurs umrechnung umtausch umtauschen tauschen
kontakt kontaktieren erreichen anrufen
benutzer nutzer mitglied
kostenlos gratis umsonst
doppelt zweimal mehrfach
zusätzlich extra
grund ursache weshalb warum wieso
teilen veröffentlichen
herunterladen download
hochladen upload
antworten antwort rückmeldung
aufladen aufladung einzahlen einzahlung
abheben abhebung abgehoben geldautomat bankautomat automat
ablaufen ablauf abgelaufen gültig gültigkeit
rechnung beleg quittung kontoauszug abrechnung
abo abonnement tarif mitgliedschaft
rabatt gutschein gutscheincode ermäßigung
paket sendung päckchen
retoure rücksendung zurückschicken zurücksenden rückgabe
benachrichtigung mitteilung erinnerung
alter mindestalter minderjährig kind kinder
gehalt lohn
händler verkäufer anbieter
sprache übersetzung
wählen auswählen aussuchen auswahl
unbekannt verdächtig betrug betrüger
verfolgen nachverfolgen sendungsverfolgung status
gehackt kompromittiert datenleck
internet wlan netzwerk verbindung
zurücksetzen zurückgesetzt wiederherstellen neustarten
daten angaben informationen
bedingungen agb richtlinie
garantie gewährleistung
vergessen vergaß entfallen
rückgängig zurückgebucht rückbuchung
adresse anschrift
`;

/** What the compounds of help centres are put together of, beside those words. */
export const GERMAN_PARTS =
  "karte kredit kunde kunden bank nummer stand stunde monat jahr woche nachricht mail post brief service " +
  "dienst support zugang seite liste name termin vertrag stelle system gerät ware artikel produkt frage " +
  "steuer punkt funktion option modus datum frist formular antrag buchung reise ticket anlage gruppe familie " +
  "firma kasse markt haus wohnung auto zimmer hotel flug bahn schule arbeit leistung versicherung schutz " +
  "sicherheit recht programm software drucker kamera video musik spiel karten zeit verfahren vorgang verlauf " +
  "übersicht einstellung eintrag eingabe ausgabe auszug summe etikett schein marke muster stück menge " +
  "gewicht höhe breite länge kabel akku batterie taste knopf bildschirm tastatur schlüssel patrone papier kleid schuh " +
  "möbel werkzeug maschine fahrrad wagen führer halter vertreter leiter frau leute arzt praxis amt gesetz " +
  "pflicht police zentrum zentrale hotline wert zins anteil ";
