using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;

namespace Tessera.Production;

/// <summary>Codes for projects that come without one: <c>P26-001</c>, counted within the year.</summary>
internal static class ProjectCodes
{
    /// <summary>Capitals do not tell two codes apart.</summary>
    public static string KeyOf(string code) => code.Trim().ToLowerInvariant();

    /// <summary>
    /// The project's own code, or the next free one; nobody else gets that until this transaction ends, so what is taken is read once for all
    /// the projects of an import.
    /// </summary>
    public static async Task<string> GiveAsync(PlatformDb db, string? own, DateOnly today, CancellationToken cancel)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"P{today.Year % 100:00}-");
        var key = KeyOf(prefix);
        var series = await db.OnceAsync("project_codes:" + prefix, () => Task.FromResult(new Series()));
        if (own is not null)
        {
            series.Last = Math.Max(series.Last, NumberOf(KeyOf(own), key));
            return own;
        }

        if (!series.IsRead)
        {
            await db.WaitTurnAsync("project_code", cancel);
            var taken = await db.Set<Project>().Where(p => p.CodeKey.StartsWith(key)).Select(p => p.CodeKey).ToListAsync(cancel);
            series.Last = taken.Select(code => NumberOf(code, key)).Append(series.Last).Max();
            series.IsRead = true;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{++series.Last:000}");
    }

    private static int NumberOf(string code, string key) =>
        code.StartsWith(key, StringComparison.Ordinal) && int.TryParse(code.AsSpan(key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>How far the codes of a year have been given out, as this transaction knows.</summary>
    private sealed class Series
    {
        public int Last { get; set; }

        public bool IsRead { get; set; }
    }
}
