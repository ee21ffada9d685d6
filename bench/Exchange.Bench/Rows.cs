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

    /// <summary>A CSV file of records, each of them new.</summary>
    /// <param name="noun">Address of one that is known here.</param>
    /// <param name="count">How many.</param>
    /// <param name="prefix">Tells the records of two files apart.</param>
    public static byte[] Records(string noun, int count, string prefix)
    {
        var (header, row) = noun switch
        {
            "recruiting/candidates" => ("fullName,email,position,status,phone,source,location,currentEmployer,availabilityDate,skills,rating,doNotHire", (Func<int, string, FormattableString>)Candidate),
            "production/students" => ("studentNo,firstName,lastName,preferredName,email,phone,programme,yearOfStudy,specialisation,emergencyContact,status,notes", Student),
            "production/projects" => ("title,type,medium,course,academicYear,clientName,status,priority,startDate,deliveryDate,tags,budgetAmount", Project),
            _ => throw new ArgumentException($"No rows are known for {noun}.", nameof(noun)),
        };
        var text = new StringBuilder(header + "\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(FormattableString.Invariant(row(i, prefix))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static FormattableString Candidate(int i, string prefix) =>
        $"{Given[i % Given.Length]} {Family[i / 13 % Family.Length]} {i},{prefix}{i}@example.test,Sound engineer,{Stages[i % 5]},+49 30 {1_000_000 + i},Fair {i % 7},City {i % 101},Company {i % 977},{Day(i):yyyy-MM-dd},\"Avid; Resolve\",{i % 4},false";

    private static FormattableString Student(int i, string prefix) =>
        $"{prefix}-{i},{Given[i % Given.Length]},{Family[i / 13 % Family.Length]} {i},,{prefix}{i}@example.test,+49 30 {1_000_000 + i},Programme {i % 12},{1 + (i % 4)},\"Sound; Picture\",Parent {i},active,From the intake of {2020 + (i % 6)}";

    private static FormattableString Project(int i, string prefix) =>
        $"{prefix} film {i},film,film,Course {i % 40},2025/26,Client {i % 977},idea,normal,{Day(i):yyyy-MM-dd},{Day(i).AddDays(90):yyyy-MM-dd},\"night; city\",{1_000 + (i % 500)}";

    private static DateOnly Day(int i) => new DateOnly(2026, 1, 1).AddDays(i % 365);
}
