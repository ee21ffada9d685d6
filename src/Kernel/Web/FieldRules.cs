using System.ComponentModel.DataAnnotations;

namespace Tessera.Kernel.Web;

/// <summary>The text is an address of the web: http or https, nothing a browser would run.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WebAddressAttribute() : ValidationAttribute("Use an address that begins with https:// or http://.")
{
    public override bool IsValid(object? value) =>
        value is not string text || string.IsNullOrWhiteSpace(text)
        || (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address.Host.Length > 0);
}

/// <summary>Each entry of the list is a word or a few: not empty, at most 60 characters.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ShortWordsAttribute() : ValidationAttribute("Each entry needs 1 to 60 characters.")
{
    public override bool IsValid(object? value) =>
        value is not IEnumerable<string?> words || words.All(word => !string.IsNullOrWhiteSpace(word) && word.Length <= 60);
}

/// <summary>The text names a zone of the IANA database, for example <c>Europe/Berlin</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TimeZoneNameAttribute : ValidationAttribute
{
    public TimeZoneNameAttribute() : base("Use a time zone's name such as Europe/Berlin.")
    {
    }

    public override bool IsValid(object? value) =>
        value is null or "" || (value is string { Length: <= 64 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId);
}
