using System.Globalization;
using System.Text;

namespace Tessera.Exchange.Bench;

/// <summary>The rows that are written, read and imported: the same twelve columns as the peers' script makes for a workbook, and twelve of a candidate.</summary>
internal static class Rows
{
    public static readonly string[] Headers = ["id", "name", "email", "phone", "company", "status", "city", "issued", "due", "net", "tax", "total"];

    private static readonly string[] States = ["active", "lead", "inactive"];

    private static readonly string[] Stages = ["applied", "screening", "interviewed", "hired", "rejected"];

    private static readonly string[] Given = ["Ada", "Bruno", "Chiara", "Dmitri", "Esra", "Femi", "Greta", "Hiro", "Jonas", "Kavya", "Liang", "Mara", "Noor"];

    private static readonly string[] Family = ["Abioye", "Bauer", "Costa", "Eriksson", "Fontaine", "Haddad", "Ivanova", "Jensen", "Kowalski", "Lindqvist", "Moreau"];

    public static object?[] Of(int i) =>
    [
        i, "Client " + i, $"client{i}@example.test", "+49 30 " + (1_000_000 + i), "Company " + (i % 977), States[i % 3], "City " + (i % 101), new DateOnly(2025, 1, 1).AddDays(i % 365),
        new DateOnly(2025, 2, 1).AddDays(i % 365), 1000m + (i % 500), (1000 + (i % 500)) * 0.2m, (1000 + (i % 500)) * 1.2m,
    ];

    /// <summary>A CSV file of candidates, each of them new.</summary>
    public static byte[] Candidates(int count)
    {
        var text = new StringBuilder("fullName,email,position,status,phone,source,location,currentEmployer,availabilityDate,skills,rating,doNotHire\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Given[i % Given.Length]} {Family[i / 13 % Family.Length]} {i},person{i}@example.test,Sound engineer,{Stages[i % 5]},+49 30 {1_000_000 + i},Fair {i % 7},City {i % 101},Company {i % 977},")
                .Append(new DateOnly(2026, 1, 1).AddDays(i % 365).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(CultureInfo.InvariantCulture, $",\"Avid; Resolve\",{i % 4},false\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
