using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Web;

/// <summary>
/// Checks a request body against the validation attributes of its properties and constructor parameters, nested objects and
/// lists included, and names each fault by its path in the body: <c>address.zip</c>, <c>lines[2].amount</c>.
/// Every body passes here, whichever endpoint takes it, so no request type can be left out.
/// </summary>
public static class InputValidator
{
    private const int MaximumDepth = 16;

    private static readonly ConcurrentDictionary<Type, Field[]> Fields = new();

    /// <summary>An assembly's name is parsed anew each time it is asked for.</summary>
    private static readonly ConcurrentDictionary<Type, bool> OurTypes = new();

    /// <returns>Messages by field path; empty when the body is valid.</returns>
    public static Dictionary<string, string[]> Validate(object? body)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Walk(body, "", errors, 0);
        return errors;
    }

    /// <summary>Validates the bodies of a group's endpoints before their handlers run.</summary>
    internal static EndpointFilterDelegate Filter(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var services = context.ApplicationServices.GetRequiredService<IServiceProviderIsService>();
        var bodies = context.MethodInfo.GetParameters()
            .Select((parameter, index) => (parameter.ParameterType, Index: index))
            .Where(p => IsOurs(p.ParameterType) && !services.IsService(p.ParameterType))
            .Select(p => p.Index)
            .ToArray();
        if (bodies.Length == 0)
        {
            return next;
        }

        return invocation =>
        {
            foreach (var index in bodies)
            {
                if (Validate(invocation.Arguments[index]) is { Count: > 0 } errors)
                {
                    return ValueTask.FromResult<object?>(new Refused(Refusals.Invalid(errors)));
                }
            }

            return next(invocation);
        };
    }

    private static bool IsFromHere(Type type) => type.Assembly.GetName().Name!.StartsWith("Tessera.", StringComparison.Ordinal);

    private static bool IsOurs(Type type) =>
        type is { IsClass: true, IsGenericType: false } && IsFromHere(type) && FieldsOf(type).Length > 0;

    private static void Walk(object? value, string path, Dictionary<string, string[]> errors, int depth)
    {
        if (value is null or string || depth > MaximumDepth)
        {
            return;
        }

        if (value is IEnumerable list and not IDictionary)
        {
            var index = 0;
            foreach (var item in list)
            {
                var itemPath = $"{path}[{index++}]";
                if (item is null)
                {
                    errors[itemPath] = ["An entry cannot be null."];
                }
                else if (item is not string && !item.GetType().IsValueType)
                {
                    Walk(item, itemPath, errors, depth + 1);
                }
            }

            return;
        }

        if (!OurTypes.GetOrAdd(value.GetType(), static t => IsFromHere(t)))
        {
            return;
        }

        foreach (var field in FieldsOf(value.GetType()))
        {
            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            var fieldValue = field.Value(value);
            var messages = MessagesOf(field, fieldValue, value);
            if (messages.Length > 0)
            {
                errors[fieldPath] = messages;
            }
            else
            {
                Walk(fieldValue, fieldPath, errors, depth + 1);
            }
        }

        if (value is IValidatableObject self)
        {
            foreach (var result in self.Validate(new ValidationContext(value)))
            {
                foreach (var member in result.MemberNames.DefaultIfEmpty(""))
                {
                    errors.TryAdd(path.Length == 0 ? Words.Camel(member) : $"{path}.{Words.Camel(member)}", [result.ErrorMessage ?? "Not valid."]);
                }
            }
        }
    }

    private static string[] MessagesOf(Field field, object? value, object owner)
    {
        List<string>? messages = null;
        ValidationContext? context = null;
        foreach (var (rule, needsContext) in field.Rules)
        {
            if (value is null && rule is not RequiredAttribute)
            {
                continue;
            }

            if (!needsContext)
            {
                if (!rule.IsValid(value))
                {
                    (messages ??= []).Add(Sentence(rule, value, field.Display));
                }
            }
            else if (rule.GetValidationResult(value, context ??= new ValidationContext(owner) { MemberName = field.Member, DisplayName = field.Display }) is { } fault)
            {
                (messages ??= []).Add(fault.ErrorMessage ?? "Not valid.");
            }
        }

        return messages is not null ? [.. messages]
            : value is null && field.NeedsValue ? [$"{field.Display} cannot be null; leave it out to keep the default."]
            : [];
    }

    /// <summary>What the framework's rules complain about, in words for the person at the field; other rules have their own.</summary>
    private static string Sentence(ValidationAttribute rule, object? value, string display) => rule switch
    {
        EmailAddressAttribute => "Not a valid e-mail address.",
        { ErrorMessage: not null } => rule.FormatErrorMessage(display),
        RequiredAttribute => $"{display} is needed.",
        MaxLengthAttribute most => value is string ? $"At most {most.Length:N0} characters." : $"At most {most.Length:N0} entries.",
        MinLengthAttribute least => value is string ? $"At least {least.Length:N0} characters." : $"At least {least.Length:N0} entries.",
        RangeAttribute range => $"From {range.Minimum} to {range.Maximum}.",
        _ => rule.FormatErrorMessage(display),
    };

    private static Field[] FieldsOf(Type type) => Fields.GetOrAdd(type, static t =>
    [
        .. from property in t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.CanRead && property.GetIndexParameters().Length == 0
           let parameters = t.GetConstructors().SelectMany(c => c.GetParameters()).Where(p => p.Name == property.Name)
           let rules = property.GetCustomAttributes<ValidationAttribute>()
               .Concat(parameters.SelectMany(p => p.GetCustomAttributes<ValidationAttribute>())).DistinctBy(rule => rule.GetType()).Select(rule => (rule, LooksAround(rule))).ToArray()
           let needsValue = !property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull
           select new Field(Getter(property), property.Name, Words.Camel(property.Name), Display(property.Name), rules, needsValue),
    ]);

    /// <summary>Whether a rule asks for more than the value: a context for each value costs more than the checks.</summary>
    private static bool LooksAround(ValidationAttribute rule) =>
        rule.RequiresValidationContext || rule.GetType().GetMethod(nameof(ValidationAttribute.IsValid), BindingFlags.NonPublic | BindingFlags.Instance, [typeof(object), typeof(ValidationContext)])!.DeclaringType != typeof(ValidationAttribute);

    private static Func<object, object?> Getter(PropertyInfo property)
    {
        var owner = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(owner, property.DeclaringType!), property), typeof(object)), owner).Compile();
    }

    /// <summary><c>FullName</c> → <c>Full name</c>, for messages.</summary>
    private static string Display(string name)
    {
        var words = Words.Snake(name).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private sealed record Field(Func<object, object?> Value, string Member, string Name, string Display, (ValidationAttribute Rule, bool NeedsContext)[] Rules, bool NeedsValue);
}
