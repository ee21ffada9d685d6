using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tessera.Kernel.Records;

/// <summary>The version a caller says it saw, from <c>If-Match</c>.</summary>
public readonly record struct VersionTag
{
    private readonly int[]? _versions;

    private VersionTag(int[]? versions, bool any)
    {
        _versions = versions;
        IsAny = any;
    }

    /// <summary>Whatever the version is.</summary>
    public static VersionTag Any { get; } = new(null, true);

    /// <summary>This version and no other.</summary>
    public static VersionTag Exactly(int version) => new([version], false);

    public bool IsAny { get; }

    /// <summary>No <c>If-Match</c> was sent.</summary>
    public bool IsMissing => !IsAny && _versions is null;

    public bool Matches(int version) => IsAny || (_versions is not null && Array.IndexOf(_versions, version) >= 0);

    /// <summary>A missing header stays missing; use for replacing a record.</summary>
    public static VersionTag Required(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return default;
        }

        var tags = header.SelectMany(line => (line ?? "").Split(',')).Select(tag => tag.Trim()).ToArray();
        return tags.Contains("*") ? Any : new VersionTag([.. tags.Select(Parse)], false);
    }

    /// <summary>A missing header means any version; use where the change is safe on whatever is there.</summary>
    public static VersionTag Optional(HttpRequest request) => Required(request) is { IsMissing: false } tag ? tag : Any;

    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // A tag this server never gave matches no version: -1.
    private static int Parse(string tag)
    {
        var text = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }
}
