using System.Globalization;
using System.Text;

namespace Tessera.Kernel.Exchange;

/// <summary>What people call common fields, in the languages files come in.</summary>
internal static class HeaderSynonyms
{
    private static readonly string[][] Groups =
    [
        ["email", "mail", "emailaddress", "eemail", "mailaddress", "emailadresse", "mailadresse", "adresseemail", "correo", "correoelectronico", "courriel"],
        ["phone", "telephone", "tel", "phonenumber", "mobile", "mobilephone", "cell", "cellphone", "telefon", "telefonnummer", "handy", "mobil", "mobilnummer", "telefono", "portable", "number", "contactnumber"],
        ["firstname", "givenname", "forename", "vorname", "prenom", "nombre"],
        ["lastname", "surname", "familyname", "nachname", "familienname", "nom", "nomdefamille", "apellido"],
        ["fullname", "name", "contactname", "person", "vollername", "nomcomplet", "nombrecompleto", "displayname"],
        ["title", "titel", "titre", "titulo", "subject", "betreff", "projecttitle", "projectname", "name"],
        ["code", "number", "no", "nr", "nummer", "reference", "ref", "kuerzel", "projectcode", "key"],
        ["studentno", "studentnumber", "studentid", "matriculation", "matriculationnumber", "matrikelnummer", "matrikelnr", "number", "no"],
        ["status", "state", "stage", "stand", "zustand", "etat", "estado"],
        ["notes", "note", "comment", "comments", "remark", "remarks", "notizen", "bemerkung", "bemerkungen", "kommentar", "notas"],
        ["description", "details", "summary", "beschreibung", "descripcion"],
        ["position", "job", "jobtitle", "role", "stelle", "poste", "puesto"],
        ["location", "city", "place", "town", "ort", "stadt", "ville", "ciudad"],
        ["source", "origin", "channel", "quelle", "herkunft", "fuente"],
        ["skills", "skill", "competences", "faehigkeiten", "kenntnisse"],
        ["tags", "tag", "labels", "label", "keywords", "schlagworte", "etiketten"],
        ["priority", "prioritaet", "prio", "priorite", "prioridad"],
        ["type", "kind", "category", "art", "typ", "kategorie", "tipo"],
        ["startdate", "start", "begin", "from", "beginn", "anfang", "debut", "inicio"],
        ["duedate", "due", "deadline", "faellig", "faelligkeit", "echeance"],
        ["deliverydate", "delivery", "delivered", "deadline", "due", "abgabe", "abgabedatum", "lieferdatum", "livraison", "entrega"],
        ["shootdate", "shoot", "shooting", "filming", "dreh", "drehtag", "drehdatum", "tournage", "rodaje"],
        ["gradedate", "grade", "grading", "colourgrade", "colorgrade", "farbkorrektur", "etalonnage"],
        ["mixdate", "mix", "mixing", "soundmix", "mischung", "mixage", "mezcla"],
        ["clientname", "client", "customer", "kunde", "auftraggeber", "cliente"],
        ["budgetamount", "budget", "amount", "cost", "betrag"],
        ["active", "enabled", "aktiv", "actif", "activo"],
        ["role", "permission", "rolle", "rol"],
        ["availabilitydate", "available", "availablefrom", "verfuegbarab"],
        ["currentemployer", "employer", "company", "firma", "arbeitgeber", "empresa", "entreprise"],
        ["resumeurl", "resume", "cv", "lebenslauf", "curriculum"],
    ];

    /// <summary>Only letters and digits, without accents: <c>E-Mail-Adresse</c> → <c>emailadresse</c>.</summary>
    public static string Plain(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name.Replace("ß", "ss", StringComparison.Ordinal).Replace("ä", "ae", StringComparison.OrdinalIgnoreCase).Replace("ö", "oe", StringComparison.OrdinalIgnoreCase).Replace("ü", "ue", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                text.Append(char.ToLowerInvariant(c));
            }
        }

        return text.ToString();
    }

    /// <summary>Whether the two plain names are names of one thing.</summary>
    public static bool Same(string header, string field) => Groups.Any(group => group.Contains(field) && group.Contains(header));
}
