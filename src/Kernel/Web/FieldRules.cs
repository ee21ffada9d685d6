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

/// <summary>The text is three letters, as ISO 4217 names a currency.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CurrencyCodeAttribute() : ValidationAttribute("Use a currency's three letters such as EUR.")
{
    public override bool IsValid(object? value) => value is not string text || text.Length == 0 || (text.Length == 3 && text.All(char.IsAsciiLetter));
}

/// <summary>The number is an amount of money: not negative, with as many decimals as any currency has.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MoneyAmountAttribute() : ValidationAttribute("Use an amount from 0 to 999,999,999,999 with at most three decimals.")
{
    public override bool IsValid(object? value) => value is not decimal amount || (amount is >= 0 and <= 999_999_999_999m && decimal.Round(amount, 3) == amount);
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
