using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Web;

/// <summary>What the framework cannot know of our API when it writes the OpenAPI document.</summary>
internal static class OpenApiConventions
{
    public const string DocumentName = "v1";

    public static void AddPlatformOpenApi(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        var names = new ConcurrentDictionary<string, Type>(StringComparer.Ordinal);
        options.CreateSchemaReferenceId = type =>
        {
            // Slices call their body Request; the slice's name tells them apart.
            var id = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            id = id is not null && type.Type is { IsNested: true, IsGenericType: false, DeclaringType: { } slice } ? slice.Name + id : id;
            var named = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
            return id is null || names.GetOrAdd(id, named) == named
                ? id
                : throw new InvalidOperationException($"{names[id]} and {named} are both called {id}: one would stand for both in the API's description.");
        };
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Tessera", Version = "1", Description = "Errors are RFC 9457 problem details with a stable `code`." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
            };
            OnlyUsesAreNullable(document.Components);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo.Type, context.JsonPropertyInfo is { IsGetNullable: true } or { IsSetNullable: true });
            if (context.JsonPropertyInfo?.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true)
            {
                schema.Type &= ~JsonSchemaType.Null;
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
    });

    /// <summary>An enum is one component for all its uses; that one of them may be null is said there, not by the component.</summary>
    private static void OnlyUsesAreNullable(OpenApiComponents components)
    {
        foreach (var schema in (components.Schemas?.Values ?? []).OfType<OpenApiSchema>().Where(s => s.Enum is not null && s.Type?.HasFlag(JsonSchemaType.Null) == true))
        {
            schema.Type &= ~JsonSchemaType.Null;
            schema.Enum = [.. schema.Enum!.Where(word => word is not null && word.GetValueKind() == System.Text.Json.JsonValueKind.String)];
        }
    }

    private static void Describe(OpenApiSchema schema, Type type, bool isNullable)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (underlying.IsEnum)
        {
            schema.Type = OrNull(JsonSchemaType.String, underlying != type);
        }
        else if (underlying == typeof(string))
        {
            // Our converter checks text; to the outside it is text all the same.
            schema.Type = OrNull(JsonSchemaType.String, isNullable);
        }
        else if (underlying == typeof(System.Text.Json.Nodes.JsonObject))
        {
            // The same for objects of any fields.
            schema.Type = OrNull(JsonSchemaType.Object, isNullable);
        }
        else if (underlying == typeof(DateTimeOffset))
        {
            schema.Type = OrNull(JsonSchemaType.String, underlying != type);
            schema.Format = "date-time";
        }
        else if (typeof(IEnumerable<string>).IsAssignableFrom(type))
        {
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        }
        else if (typeof(IReadOnlyDictionary<string, string?>).IsAssignableFrom(type))
        {
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        }
        else if (typeof(IReadOnlyDictionary<string, string[]>).IsAssignableFrom(type))
        {
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }

    private static JsonSchemaType OrNull(JsonSchemaType type, bool isNullable) => isNullable ? type | JsonSchemaType.Null : type;

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancel);
        context.Document!.AddComponent(nameof(Problem), problem);
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Refused; see `code`.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), context.Document) },
            },
        };

        if (metadata.OfType<AccessMark>().LastOrDefault() is AccessMark.Page or AccessMark.Member)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
        }

        if (metadata.OfType<AccessMark.Page>().LastOrDefault() is { } mark)
        {
            operation.Description = $"Needs {Words.Of(mark.Level)} access to {string.Join(" or ", mark.AnyOf.Select(p => p.Key))}.";
        }

        if (metadata.OfType<NeedsVersion>().LastOrDefault() is { } needs)
        {
            Add(operation, new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Required = needs.Required,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "The version that was seen, as the ETag said it: \"3\".",
            });
        }

        if (metadata.OfType<TakesRequestKey>().Any())
        {
            Add(operation, new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Required = false,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Idempotency.MaximumLength },
                Description = "Chosen by the caller, new for each record: a request sent again with the same key within a day answers with the record the first one made.",
            });
        }

        if (metadata.OfType<PartialOf>().LastOrDefault() is { } partial)
        {
            await DescribePatchAsync(operation, partial, context, cancel);
        }

        if ((metadata.OfType<ListParameters>().LastOrDefault() ?? metadata.OfType<OtherListParameters>().LastOrDefault()?.List) is { } list)
        {
            await AddListParametersAsync(operation, list, context, cancel);
        }
    }

    /// <summary>A merge patch has the input's fields, all of them optional.</summary>
    private static async Task DescribePatchAsync(OpenApiOperation operation, PartialOf partial, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var name = partial.Input.Name.Replace("Input", "Patch");
        var input = await context.GetOrCreateSchemaAsync(partial.Input, null, cancel);
        context.Document!.AddComponent(name, new OpenApiSchema { Type = JsonSchemaType.Object, Properties = input.Properties });
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = new OpenApiSchemaReference(name, context.Document) } },
        };
    }

    private static async Task AddListParametersAsync(OpenApiOperation operation, ListParameters list, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        Add(operation, Query("search", JsonSchemaType.String, "Any part of the searchable texts."));
        if (list.Sorts.Count > 0)
        {
            Add(operation, Query("sort", JsonSchemaType.String, $"Comma-separated, '-' for descending: {string.Join(", ", list.Sorts)}."));
        }

        if (list.Paged)
        {
            Add(operation, Query("page", JsonSchemaType.Integer, "From 1."));
            Add(operation, Query("limit", JsonSchemaType.Integer, "1 to 200, 50 unless said otherwise."));
            Add(operation, Query("cursor", JsonSchemaType.String, "nextCursor of the page before; goes on behind its last row, however deep."));
        }

        if (list.HasTrash)
        {
            Add(operation, Query("trash", JsonSchemaType.Boolean, "True: what is in the trash instead of what is live."));
        }

        foreach (var filter in list.Filters)
        {
            var schema = await context.GetOrCreateSchemaAsync(filter.Type, null, cancel);
            Add(operation, new OpenApiParameter
            {
                Name = filter.Name,
                In = ParameterLocation.Query,
                // Several values may be given, comma-separated, so the value itself is text.
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = filter.Type.IsEnum
                    ? $"One or several of {string.Join(", ", Words.All(filter.Type))}, comma-separated."
                    : $"{(schema.Format ?? schema.Type?.ToString())?.ToLowerInvariant()}; several values comma-separated.",
            });
            foreach (var op in filter.Operators.Where(op => op != "in"))
            {
                Add(operation, Query($"{filter.Name}.{op}", op == "null" ? JsonSchemaType.Boolean : JsonSchemaType.String, null));
            }
        }
    }

    private static OpenApiParameter Query(string name, JsonSchemaType type, string? description) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Schema = new OpenApiSchema { Type = type },
        Description = description,
    };

    private static void Add(OpenApiOperation operation, OpenApiParameter parameter)
    {
        operation.Parameters ??= [];
        if (operation.Parameters.FirstOrDefault(p => p.Name == parameter.Name) is { } same)
        {
            operation.Parameters.Remove(same);
        }

        operation.Parameters.Add(parameter);
    }
}
