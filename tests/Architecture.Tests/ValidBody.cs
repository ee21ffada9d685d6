using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Records;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>Makes bodies that pass validation from the types of the endpoints themselves, so that new verbs are tested without being listed.</summary>
internal static class ValidBody
{
    /// <summary>The route with values in place of its parameters.</summary>
    public static string Fill(string route, Guid id) => route
        .Replace("{id:guid}", id.ToString(), StringComparison.Ordinal)
        .Replace("{page}", "dashboard", StringComparison.Ordinal)
        .Replace("{changeId}", "1", StringComparison.Ordinal)
        .Replace("{commentId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
        .Replace("{shareId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
        .Replace("{mergeId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
        .Replace("{n:int}", "2", StringComparison.Ordinal)
        .Replace("{token}", "unknown", StringComparison.Ordinal);

    /// <param name="endpoint">What is called.</param>
    /// <param name="tenant">Where samples that the body refers to are made.</param>
    /// <param name="noun">The noun's address when the endpoint is one of a declared noun.</param>
    /// <returns>A body the endpoint accepts, or null when it takes none.</returns>
    public static async Task<object?> OfAsync(RouteEndpoint endpoint, TestTenant tenant, string? noun)
    {
        if (endpoint.Metadata.GetMetadata<PartialOf>() is not null)
        {
            return "{}";
        }

        var type = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        return type switch
        {
            null => null,
            _ when noun is not null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("PUT") && endpoint.RoutePattern.RawText!.EndsWith("{id:guid}", StringComparison.Ordinal) => await Samples.BodyAsync(tenant, noun),
            _ => Of(type).ToJsonString(),
        };
    }

    /// <summary>An object with every required member of the type, and nothing else.</summary>
    public static JsonObject Of(Type type)
    {
        var body = new JsonObject();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => IsRequired(type, p)))
        {
            body[Words.Camel(property.Name)] = ValueOf(property);
        }

        return body;
    }

    public static bool IsRequired(Type type, PropertyInfo property) =>
        property.IsDefined(typeof(RequiredAttribute)) || type.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.Name == property.Name && p.IsDefined(typeof(RequiredAttribute)));

    /// <summary>A value of the type as a filter spells it.</summary>
    public static string Word(Type type)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        return underlying.IsEnum ? Words.All(underlying)[0]
            : underlying == typeof(Guid) ? Guid.CreateVersion7().ToString()
            : underlying == typeof(bool) ? "true"
            : underlying == typeof(int) || underlying == typeof(decimal) ? "1"
            : underlying == typeof(DateOnly) ? "2026-03-02"
            : underlying == typeof(DateTimeOffset) ? "2026-03-02T10:00:00Z"
            : "word";
    }

    private static JsonNode? ValueOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.GetCustomAttribute<RangeAttribute>() is { Minimum: int least })
        {
            return least;
        }

        if (type == typeof(string))
        {
            return property.IsDefined(typeof(EmailAddressAttribute)) ? Api.NewEmail() : property.Name.Contains("Password", StringComparison.Ordinal) ? Api.Password : "word";
        }

        if (type.IsAssignableTo(typeof(IEnumerable<KeyValuePair<string, string?>>)))
        {
            return new JsonObject { ["word"] = "word" };
        }

        if (type.IsAssignableTo(typeof(IEnumerable<Guid>)))
        {
            return new JsonArray(Guid.CreateVersion7().ToString());
        }

        if (type.IsAssignableTo(typeof(IEnumerable<string>)))
        {
            return new JsonArray("word");
        }

        return type == typeof(bool) ? true : type == typeof(int) ? 1 : JsonValue.Create(Word(type));
    }
}
