using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Database;

/// <summary>How C# names and types become SQL names and types, for every module alike.</summary>
internal static class PlatformConventions
{
    public static void Apply(ModelConfigurationBuilder builder)
    {
        builder.Conventions.Add(_ => new EnumsAreWords());
        builder.Conventions.Add(_ => new SnakeCaseNames());
    }

    /// <summary>An enum is stored as its snake_case word, the same as on the wire.</summary>
    private sealed class EnumsAreWords : IPropertyAddedConvention
    {
        public void ProcessPropertyAdded(IConventionPropertyBuilder propertyBuilder, IConventionContext<IConventionPropertyBuilder> context)
        {
            var type = Nullable.GetUnderlyingType(propertyBuilder.Metadata.ClrType) ?? propertyBuilder.Metadata.ClrType;
            if (type.IsEnum)
            {
                propertyBuilder.HasConverter(typeof(WordConverter<>).MakeGenericType(type));
                propertyBuilder.HasColumnType("text");
            }
        }
    }

    private sealed class WordConverter<TEnum>()
        : ValueConverter<TEnum, string>(value => Words.Of(value), word => Words.Parse<TEnum>(word))
        where TEnum : struct, Enum;

    private sealed class SnakeCaseNames : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes().Where(type => !type.IsMappedToJson()))
            {
                var table = entity.GetTableName() ?? Words.Snake(entity.ClrType.Name);
                foreach (var property in entity.GetDeclaredProperties())
                {
                    property.Builder.HasColumnName(Words.Snake(property.Name));
                }

                foreach (var key in entity.GetDeclaredKeys())
                {
                    key.Builder.HasName(key.IsPrimaryKey() ? $"pk_{table}" : $"ak_{table}_{Columns(key.Properties)}");
                }

                foreach (var foreignKey in entity.GetDeclaredForeignKeys())
                {
                    foreignKey.Builder.HasConstraintName($"fk_{table}_{Words.Snake(foreignKey.Properties[^1].Name)}");
                }

                foreach (var index in entity.GetDeclaredIndexes().Where(index => index.Name is null))
                {
                    index.Builder.HasDatabaseName($"ix_{table}_{Columns(index.Properties)}");
                }
            }
        }

        private static string Columns(IEnumerable<IReadOnlyProperty> properties) =>
            string.Join('_', properties.Where(p => p.Name != nameof(TenantRecord.TenantId)).Select(p => Words.Snake(p.Name)));
    }
}

public static class PlatformModelExtensions
{
    /// <summary>
    /// A reference to another record of the same tenant: the foreign key carries <c>tenant_id</c>, so it cannot cross
    /// tenants. In SQL write <c>on delete set null (column)</c> where wanted: EF's own would null <c>tenant_id</c> too.
    /// </summary>
    /// <param name="entity">The referring entity.</param>
    /// <param name="property">Name of the <c>Guid</c> or <c>Guid?</c> property that holds the other record's id.</param>
    public static void References<TEntity, TTarget>(this EntityTypeBuilder<TEntity> entity, string property)
        where TEntity : TenantRecord
        where TTarget : TenantRecord => Key<TEntity, TTarget>(entity.HasOne<TTarget>().WithMany(), property);

    /// <inheritdoc cref="References{TEntity, TTarget}(EntityTypeBuilder{TEntity}, string)"/>
    /// <param name="entity">The referring entity.</param>
    /// <param name="navigation">The other record; nullable, because one in the trash is not loaded.</param>
    /// <param name="property">Name of the <c>Guid</c> or <c>Guid?</c> property that holds the other record's id.</param>
    /// <param name="inverse">The collection on the other side, where there is one.</param>
    public static void References<TEntity, TTarget>(
        this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, TTarget?>> navigation, string property, Expression<Func<TTarget, IEnumerable<TEntity>?>>? inverse = null)
        where TEntity : TenantRecord
        where TTarget : TenantRecord
    {
        var reference = entity.HasOne(navigation);
        Key<TEntity, TTarget>(inverse is null ? reference.WithMany() : reference.WithMany(inverse), property);
    }

    // Never required towards EF: a trashed parent must leave the child readable, and the column's own NOT NULL says what the database demands.
    private static void Key<TEntity, TTarget>(ReferenceCollectionBuilder<TTarget, TEntity> reference, string property)
        where TEntity : TenantRecord
        where TTarget : TenantRecord =>
        reference.HasForeignKey(nameof(TenantRecord.TenantId), property)
            .HasPrincipalKey(nameof(TenantRecord.TenantId), nameof(TenantRecord.Id))
            .IsRequired(false)
            .OnDelete(DeleteBehavior.Restrict);
}
