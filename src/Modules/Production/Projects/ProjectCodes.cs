using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;

namespace Tessera.Production;

/// <summary>Codes for projects that come without one: <c>P26-001</c>, counted within the year.</summary>
internal static class ProjectCodes
{
    /// <summary>Capitals do not tell two codes apart.</summary>
    public static string KeyOf(string code) => code.Trim().ToLowerInvariant();

    /// <summary>The next free code; nobody else gets one until this transaction ends.</summary>
    public static async Task<string> NextAsync(PlatformDb db, DateOnly today, CancellationToken cancel)
    {
        await db.WaitTurnAsync("project_code", cancel);
        var prefix = string.Create(CultureInfo.InvariantCulture, $"P{today.Year % 100:00}-");
        var key = KeyOf(prefix);
        var taken = await db.Set<Project>().Where(p => p.CodeKey.StartsWith(key)).Select(p => p.CodeKey).ToListAsync(cancel);
        var last = taken.Select(code => int.TryParse(code.AsSpan(key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty(0).Max();
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 1:000}");
    }
}
